using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Linux.Tests.Interop;

public class SyscallExceptionTests
{
    [Fact]
    public void The_line_names_call_object_and_reason()
    {
        SyscallException failure = new("openat", "/etc/nothing", Errno.ENOENT);
        Assert.Equal("openat /etc/nothing: no such file or directory", failure.Message);
        Assert.Equal("openat", failure.Call);
        Assert.Equal("/etc/nothing", failure.Object);
        Assert.Equal(Errno.ENOENT, failure.Errno);
    }

    [Fact]
    public void A_misleading_error_number_comes_with_its_remedy()
    {
        Assert.Contains("raise /proc/sys/user/max_*_namespaces", new SyscallException("clone3", "", Errno.ENOSPC).Message, StringComparison.Ordinal);
        Assert.Contains("the path leaves the root", new SyscallException("openat2", "x", Errno.EXDEV).Message, StringComparison.Ordinal);
        Assert.Contains("minirun needs Linux 5.14", new SyscallException("anything", "x", Errno.ENOSYS).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_call_without_an_object_is_named_alone()
    {
        Assert.Equal("pipe2: too many open files", SyscallException.Line("pipe2", "", Errno.EMFILE));
    }

    [Fact]
    public void Every_error_number_has_a_reason()
    {
        foreach (Errno errno in Enum.GetValues<Errno>())
        {
            Assert.False(errno.Reason().StartsWith("error ", StringComparison.Ordinal), errno.ToString());
        }

        Assert.Equal("error 4000", ((Errno)4000).Reason());
    }

    [Fact]
    public void A_failing_call_reports_the_kernels_own_error_number()
    {
        SyscallException failure = Assert.Throws<SyscallException>(() => HostFile.Open("/nonexistent/file", OpenFlags.O_RDONLY));
        Assert.Equal(Errno.ENOENT, failure.Errno);
        Assert.Equal("openat", failure.Call);
    }

    [Fact]
    public void Text_with_a_nul_byte_never_reaches_the_kernel()
    {
        MiniRunException failure = Assert.Throws<MiniRunException>(() => HostFile.Open("/etc/passwd\0.txt", OpenFlags.O_RDONLY));
        Assert.Contains("holds a NUL byte", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_longer_than_the_stack_buffer_reaches_the_kernel_whole()
    {
        string path = "/" + string.Concat(Enumerable.Repeat("./", 1500)) + "etc";
        Assert.True(FileStatus.Of(path) is { IsDirectory: true });
    }
}
