using System.Globalization;
using MiniRun.Linux;
using MiniRun.Runtime.Spec;

namespace MiniRun.Oci.Verbs;

/// <summary>
/// systemd's socket activation, passed on as runc does: descriptors from 3 on that were meant for this process (LISTEN_PID)
/// go to the program, which is pid 1 in its container. Source: sd_listen_fds(3).
/// </summary>
internal static class SocketActivation
{
    /// <summary>More than any service manager passes; each takes a slot of the launch.</summary>
    private const int MaxDescriptors = 1024;

    /// <summary>How many sockets this process was given; 0 where they are none of its own.</summary>
    /// <exception cref="MiniRunException">LISTEN_FDS is no number of descriptors.</exception>
    public static int Count()
    {
        if (Environment.GetEnvironmentVariable("LISTEN_FDS") is not { Length: > 0 } text || !IsForThisProcess())
        {
            return 0;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count <= MaxDescriptors
            ? count
            : throw new MiniRunException($"LISTEN_FDS={OneLine.Of(text)}: expected a number from 0 to {MaxDescriptors}: unset it");
    }

    /// <summary>The process with the two variables that tell it of its sockets.</summary>
    public static ProcessSpec Passed(ProcessSpec process, int count) =>
        count == 0 ? process : process with { Env = [.. process.Env, string.Create(CultureInfo.InvariantCulture, $"LISTEN_FDS={count}"), "LISTEN_PID=1"] };

    private static bool IsForThisProcess() =>
        int.TryParse(Environment.GetEnvironmentVariable("LISTEN_PID"), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && pid == Environment.ProcessId;
}
