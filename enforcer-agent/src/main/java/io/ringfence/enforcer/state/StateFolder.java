package io.ringfence.enforcer.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;

/// Files of mode 0600 in a folder of mode 0700. A file holds either what it held before a write or
/// all of what was written, also after a power cut.
public final class StateFolder {
    private static final String OWNER_ONLY = "rw-------";

    private final Path folder;

    private StateFolder(Path folder) {
        this.folder = folder;
    }

    /// Makes the folder if it is not there.
    public static StateFolder open(Path folder) throws IOException {
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new StateFolder(folder);
    }

    public Path path(String name) {
        return folder.resolve(name);
    }

    /// Empty when the file is not there.
    public Optional<byte[]> read(String name) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path(name)));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    public Optional<String> readText(String name) throws IOException {
        return read(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    public void write(String name, byte[] content) throws IOException {
        Path aside = path("." + name + ".new");
        Files.deleteIfExists(aside);
        try (FileChannel channel =
                FileChannel.open(
                        aside,
                        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString(OWNER_ONLY)))) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(
                aside,
                path(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    public void writeText(String name, String content) throws IOException {
        write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /// Held until closed, or until this process ends.
    ///
    /// @throws IOException naming the folder when another process holds it
    public FolderLock lock() throws IOException {
        return FolderLock.take(path("lock"));
    }
}
