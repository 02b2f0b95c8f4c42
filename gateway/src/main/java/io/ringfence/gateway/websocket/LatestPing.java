package io.ringfence.gateway.websocket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// Vert.x answers every ping at once, also to a client that takes nothing from its socket: the
/// answers would wait in memory, as many as it likes to ask for. So while what was written before
/// has not left, only the latest ping waits for its answer (RFC 6455 §5.5.3).
final class LatestPing extends ChannelInboundHandlerAdapter {
    private @Nullable PingWebSocketFrame waiting;

    /// @param vertx where Vert.x handles what a websocket receives
    static void answerOf(ChannelHandlerContext vertx) {
        vertx.pipeline().addBefore(vertx.name(), null, new LatestPing());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof PingWebSocketFrame ping && !context.channel().isWritable()) {
            forget();
            waiting = ping;
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        PingWebSocketFrame ping = waiting;
        if (ping != null && context.channel().isWritable()) {
            waiting = null;
            context.fireChannelRead(ping);
            context.fireChannelReadComplete();
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        forget();
    }

    private void forget() {
        ReferenceCountUtil.release(waiting);
        waiting = null;
    }
}
