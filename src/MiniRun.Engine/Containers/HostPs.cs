using System.Globalization;
using System.Text;
using MiniRun.Linux;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using MiniRun.Linux.Processes;

namespace MiniRun.Engine.Containers;

/// <summary>The host's ps(1), asked about some processes.</summary>
/// <param name="path">The program.</param>
/// <param name="largestTable">Bytes that are read of what it prints; the processes beyond are left out, since one with a long command line must not hide the others.</param>
internal sealed class HostPs(string path, int largestTable = 16 << 20)
{
    // One argument holds 128 KiB (MAX_ARG_STRLEN), and of several -q only the first counts.
    private const int MostAtOnce = 10_000;
    private const int LongestReason = 300;
    private const int Milliseconds = 60_000;

    // ps reads options from its environment too (PS_FORMAT, PS_PERSONALITY, COLUMNS); it gets none of the caller's.
    private static readonly string[] s_environment = [$"PATH={TopContainer.SystemPath}", "LC_ALL=C.UTF-8"];

    /// <summary>Shows them as options of ps say.</summary>
    /// <param name="pids">At least one.</param>
    /// <exception cref="MiniRunException">ps refuses the options, or they print no pids.</exception>
    internal ProcessTable Show(IReadOnlyList<int> pids, IReadOnlyList<string> options)
    {
        HashSet<int> wanted = [.. pids];
        ProcessTable? table = null;
        foreach (int[] some in pids.Chunk(MostAtOnce))
        {
            // As docker: no other process is looked at.
            string list = string.Join(',', some.Select(static pid => pid.ToString(CultureInfo.InvariantCulture)));
            Output asked = Run([.. options, $"-q{list}"]);
            if (!asked.Succeeded && !ProcessTable.HasPids(asked.Text))
            {
                // ps(1): not with sorting or trees; and busybox has no -q.
                return All(wanted, options);
            }

            ProcessTable part = ProcessTable.OfAsked(asked.Text, wanted);
            table = table is null ? part : table with { Rows = [.. table.Rows, .. part.Rows] };
            if (asked.IsCut)
            {
                return table with { IsCut = true };
            }
        }

        return table!;
    }

    /// <summary>All processes of the host, of which those that are wanted are kept.</summary>
    private ProcessTable All(HashSet<int> wanted, IReadOnlyList<string> options)
    {
        Output all = Run(options);
        return all.Succeeded ? ProcessTable.Of(all.Text, wanted) with { IsCut = all.IsCut } : throw new MiniRunException($"ps {string.Join(' ', options)}: {Reason(all.Text)}");
    }

    private Output Run(IReadOnlyList<string> options)
    {
        using FileDescriptor nothing = HostFile.Open("/dev/null", OpenFlags.O_RDONLY);
        using Pipe pipe = Pipe.Create();
        byte[] text = [];
        Thread reader = new(() => text = ReadStart(pipe.ReadEnd));
        reader.Start();
        ProcessExit? exit;
        try
        {
            exit = IsolatedProgram.Run(path, ["ps", .. options], s_environment, nothing, pipe.WriteEnd, folder: "/", Milliseconds);
        }
        finally
        {
            pipe.WriteEnd.Dispose();
            reader.Join();
        }

        // The last line may be half a line.
        bool isCut = text.Length > largestTable;
        int end = isCut ? text.AsSpan().LastIndexOf((byte)'\n') + 1 : text.Length;
        return new Output(Encoding.UTF8.GetString(text, 0, end), isCut || exit is { ShellStatus: 0 }, isCut);
    }

    /// <summary>As much as is wanted and one byte; then the pipe breaks, which ends ps.</summary>
    private byte[] ReadStart(FileDescriptor end)
    {
        using (end)
        {
            byte[] buffer = new byte[Math.Min(largestTable, 1 << 16) + 1];
            int total = 0;
            while (true)
            {
                total += HostFile.ReadFully(end, buffer.AsSpan(total), "output of ps");
                if (total < buffer.Length || total > largestTable)
                {
                    return buffer[..total];
                }

                Array.Resize(ref buffer, (int)Math.Min(largestTable + 1L, buffer.Length * 4L));
            }
        }
    }

    private static string Reason(string text)
    {
        string line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first.Trim() : "it failed";
        return line.Length <= LongestReason ? line : line[..LongestReason] + "…";
    }

    /// <summary>What ps has said.</summary>
    /// <param name="IsCut">It has said more.</param>
    private readonly record struct Output(string Text, bool Succeeded, bool IsCut);
}
