using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Tests.Interop;

public class FileDescriptorTests
{
    [Fact]
    public void An_opened_file_is_closed_on_exec()
    {
        using FileDescriptor file = HostFile.Open("/etc/passwd", OpenFlags.O_RDONLY);
        Assert.Contains("flags:\t02", FlagsOf(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_duplicate_is_another_descriptor_that_is_closed_on_exec_too()
    {
        using FileDescriptor file = HostFile.Open("/etc/passwd", OpenFlags.O_RDONLY);
        using FileDescriptor copy = file.Duplicate();
        Assert.NotEqual(file.Number, copy.Number);
        Assert.Contains("flags:\t02", FlagsOf(copy), StringComparison.Ordinal);
    }

    [Fact]
    public void Disposing_closes_an_adopted_descriptor_but_not_a_borrowed_one()
    {
        using FileDescriptor file = HostFile.Open("/etc/passwd", OpenFlags.O_RDONLY);
        using (FileDescriptor borrowed = FileDescriptor.Borrow(file.Number))
        {
            Assert.Equal(file.Number, borrowed.Number);
        }

        Assert.True(FileStatus.Of(file, "it is still open").IsRegular);
        FileDescriptor copy = file.Duplicate();
        copy.Dispose();
        Assert.Throws<ObjectDisposedException>(() => FileStatus.Of(copy, "closed"));
    }

    private static string FlagsOf(FileDescriptor descriptor) => File.ReadAllText($"/proc/self/fdinfo/{descriptor.Number}");
}
