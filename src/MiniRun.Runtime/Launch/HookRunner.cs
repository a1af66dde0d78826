using System.Text;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;
using MiniRun.Runtime.Plan;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Launch;

/// <summary>Runs hooks in the runtime's namespaces. A hook gets the state on its standard input, exactly its own environment (CVE-2025-23266) and no other descriptor. Source: config.md#posix-platform-hooks.</summary>
internal static class HookRunner
{
    private const int LastWords = 200;

    /// <summary>Runs one hook to its end.</summary>
    /// <param name="hook">The hook.</param>
    /// <param name="name">What it is called in messages: "poststop hook #0".</param>
    /// <param name="state">The container's state as JSON.</param>
    /// <param name="bundle">The hook's working directory, as with runc, unless it is gone.</param>
    /// <exception cref="LaunchException">It cannot be executed, did not end in time, or failed; its last words are in the message.</exception>
    public static void Run(HookSpec hook, string name, string state, string bundle)
    {
        using FileDescriptor input = Memfd.CreateSealed("minirun-hook", Encoding.UTF8.GetBytes(state));
        using FileDescriptor output = Memfd.CreateEmpty("minirun-hook");
        IReadOnlyList<string> arguments = hook.Args.Count > 0 ? hook.Args : [hook.Path];
        string? folder = FileStatus.Of(bundle) is { IsDirectory: true } ? bundle : null;
        ProcessExit? exit = IsolatedProgram.Run(hook.Path, arguments, hook.Env, input, output, folder, Milliseconds(hook.Timeout));
        if (exit is not { } end)
        {
            throw new LaunchException(HookText.TimedOut(name, hook.Path, hook.Timeout!.Value, Tail(output)));
        }

        if (end.ShellStatus != 0)
        {
            throw new LaunchException(HookText.Failed(name, hook.Path, end.ShellStatus, Tail(output)));
        }
    }

    private static int Milliseconds(int? seconds) => seconds is { } limit ? (int)Math.Min(limit * 1000L, int.MaxValue) : -1;

    private static string Tail(FileDescriptor output)
    {
        byte[] words = HostFile.ReadTail(output, LastWords);
        return Encoding.UTF8.GetString(words);
    }
}
