using System.Runtime.InteropServices;

namespace MiniRun.Linux.Interop;

/// <summary>The one place that reads errno. Call it on the line after the kernel call: anything between could change it.</summary>
internal static class KernelCall
{
    /// <summary>The error number of the last call declared with SetLastError on this thread.</summary>
    public static Errno LastError => (Errno)Marshal.GetLastPInvokeError();

    /// <summary>Whether a call was only interrupted by a signal and is to be made again.</summary>
    public static bool Interrupted(nint result) => result == -1 && LastError == Errno.EINTR;

    /// <summary>Passes a result on, or throws what the kernel said.</summary>
    /// <exception cref="SyscallException">The result is -1.</exception>
    public static nint Check(nint result, string call, string subject)
    {
        if (result == -1)
        {
            throw new SyscallException(call, subject, LastError);
        }

        return result;
    }

    /// <summary>Takes a new descriptor over, or throws what the kernel said.</summary>
    /// <exception cref="SyscallException">The result is -1.</exception>
    public static FileDescriptor CheckDescriptor(nint result, string call, string subject) =>
        FileDescriptor.Adopt((int)Check(result, call, subject));
}
