using System.Runtime.InteropServices;

namespace MiniRun.Attack.Tests.Harness;

/// <summary>Exchanges two paths without pause (renameat2, RENAME_EXCHANGE), as a neighbour with a shared volume would.</summary>
internal sealed partial class Racer : IDisposable
{
    private const int AT_FDCWD = -100;
    private const uint RENAME_EXCHANGE = 2;

    private readonly Thread thread;
    private volatile bool stopped;
    private long exchanges;

    public Racer(string one, string other)
    {
        thread = new Thread(() =>
        {
            while (!stopped)
            {
                exchanges += Rename(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0 ? 1 : 0;

                // Leaves half of two cores to the victim; without it the exchange holds the folder's lock all the time.
                Thread.SpinWait(200);
            }
        });
        thread.Start();
    }

    /// <summary>Stops, and says how often the two were exchanged.</summary>
    public long Stop()
    {
        stopped = true;
        thread.Join();
        return exchanges;
    }

    public void Dispose() => Stop();

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Rename(int oldFolder, string oldPath, int newFolder, string newPath, uint flags);
}
