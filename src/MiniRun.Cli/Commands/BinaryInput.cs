using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Cli.Commands;

/// <summary>Archives that come from a file or from standard input; "-" is standard input too.</summary>
internal static class BinaryInput
{
    /// <exception cref="MiniRunException">There is no such file, or a person would have to type it.</exception>
    internal static Stream Open(string? file)
    {
        if (file is not (null or "-"))
        {
            return new DescriptorStream(HostFile.Open(file, OpenFlags.O_RDONLY), file);
        }

        return Console.IsInputRedirected
            ? new DescriptorStream(FileDescriptor.Borrow(0), "standard input")
            : throw new MiniRunException("requested load from stdin, but stdin is a terminal: give a file, or redirect");
    }
}
