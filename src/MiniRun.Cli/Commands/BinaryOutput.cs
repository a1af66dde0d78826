using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Cli.Commands;

/// <summary>Archives that go to a file or to standard output; never to a terminal, and never half to a file.</summary>
internal static class BinaryOutput
{
    private const uint NewFileMode = 0x180; // 0600, as docker has it: images and containers may hold secrets
    private const int WriteBuffer = 1 << 16;

    /// <exception cref="MiniRunException">Standard output is a terminal, or the file cannot be written.</exception>
    internal static void Write(string? file, Action<Stream> write)
    {
        if (file is null)
        {
            if (!Console.IsOutputRedirected)
            {
                throw new MiniRunException("cowardly refusing to save to a terminal: use the -o flag, or redirect");
            }

            using DescriptorStream output = new(FileDescriptor.Borrow(1), "standard output");
            Write(output, write);
            return;
        }

        if (FileStatus.Of(file) is { IsRegular: false })
        {
            // A pipe or a device: what is there is meant, and nothing can be put in its place.
            using DescriptorStream output = new(HostFile.Open(file, OpenFlags.O_WRONLY), file);
            Write(output, write);
            return;
        }

        string partial = $"{file}.partial-{Environment.ProcessId}";
        try
        {
            using (DescriptorStream output = new(HostFile.Open(partial, OpenFlags.O_RDWR | OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOFOLLOW, NewFileMode), partial))
            {
                Write(output, write);
            }

            HostDirectory.Rename(partial, file);
        }
        finally
        {
            HostDirectory.RemoveFile(partial);
        }
    }

    private static void Write(Stream output, Action<Stream> write)
    {
        using BufferedStream buffered = new(output, WriteBuffer);
        write(buffered);
    }
}
