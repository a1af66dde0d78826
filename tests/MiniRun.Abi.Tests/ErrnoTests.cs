using System.Runtime.InteropServices;
using MiniRun.Linux.Interop;

namespace MiniRun.Abi.Tests;

public class ErrnoTests
{
    [Fact]
    public void Every_error_number_is_the_kernels()
    {
        CProgram program = new("errno.h");
        Dictionary<string, long> ours = Enum.GetValues<Errno>().ToDictionary(e => e.ToString(), e => (long)e);
        foreach (string name in ours.Keys)
        {
            program.Print(name, name);
        }

        Assert.Equal(ours, program.Run());
    }

    [Fact]
    public void Every_reason_is_the_c_librarys()
    {
        foreach (Errno errno in Enum.GetValues<Errno>())
        {
            Assert.Equal(Marshal.GetPInvokeErrorMessage((int)errno), errno.Reason(), ignoreCase: true);
        }
    }
}
