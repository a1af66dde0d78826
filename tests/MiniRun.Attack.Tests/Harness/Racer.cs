using System.Runtime.InteropServices;

namespace MiniRun.Attack.Tests.Harness;

/// <summary>Exchanges paths, two by two, without end (renameat2, RENAME_EXCHANGE), as a neighbour with a shared volume would.</summary>
internal sealed partial class Racer : IDisposable
{
    private const int AT_FDCWD = -100;
    private const uint RENAME_EXCHANGE = 2;

    // Leaves the processor and the folder's lock to the victim; a start takes a hundred times as long.
    private const uint Microseconds = 20;

    private readonly Thread thread;
    private volatile bool stopped;
    private long exchanges;

    public Racer(params (string One, string Other)[] pairs)
    {
        thread = new Thread(() =>
        {
            while (!stopped)
            {
                foreach ((string one, string other) in pairs)
                {
                    exchanges += Rename(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE) == 0 ? 1 : 0;
                }

                Sleep(Microseconds);
            }
        });
        thread.Start();
    }

    /// <summary>Stops, and says how often two were exchanged.</summary>
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

    [LibraryImport("libc", EntryPoint = "usleep", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Sleep(uint microseconds);
}
