using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MiniRun.Engine.Logs;
using MiniRun.Engine.Tests.Layers;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using static MiniRun.Engine.Tests.Logs.LogFolder;

namespace MiniRun.Engine.Tests.Logs;

/// <summary>A file system of a few pages: only root can make one, so others pass without it.</summary>
public sealed partial class FullDiskTests : IDisposable
{
    private readonly string _disk = Directory.CreateTempSubdirectory("minirun-logs-").FullName;
    private readonly bool _mounted;

    public FullDiskTests()
    {
        _mounted = Ids.IsRoot && Run("mount", "-t", "tmpfs", "-o", "size=64k", "minirun-logs", _disk);
    }

    public void Dispose()
    {
        if (_mounted)
        {
            Run("umount", _disk);
        }

        Directory.Delete(_disk, recursive: true);
    }

    private string File => $"{_disk}/{Name}";

    [Fact]
    public void What_a_full_disk_does_not_take_is_counted_and_told_when_there_is_room_again()
    {
        if (!_mounted)
        {
            return;
        }

        System.IO.File.WriteAllBytes($"{_disk}/ballast", new byte[32 << 10]);
        byte[] line = Bytes(new string('x', 999) + "\n");
        int written = 0;
        using (FileDescriptor folder = HostFile.OpenDirectory(_disk))
        using (ContainerLog log = ContainerLog.Open(folder, Name, LogOptions.Parse(null, [])))
        {
            for (; written < 100; written++)
            {
                log.Write(LogStream.Stdout, line, Time);
            }

            // Whole records to the last, and nothing of one that did not fit.
            string full = System.IO.File.ReadAllText(File);
            Assert.EndsWith("\"}\n", full);
            Assert.InRange(full.Length, 25_000, 33_000);
            System.IO.File.Delete($"{_disk}/ballast");
            log.Write(LogStream.Stdout, "again\n"u8, Time);
            log.Write(LogStream.Stdout, "and again\n"u8, Time);
        }

        // The little room at the end of the last page takes some remarks that no line follows: each tells of what was lost before it.
        string[] lines = System.IO.File.ReadAllLines(File);
        int kept = lines.Count(text => text.Contains("xxx", StringComparison.Ordinal));
        int lost = 0;
        int lostBytes = 0;
        foreach (string text in lines)
        {
            if (LossPattern().Match(text) is { Success: true } remark)
            {
                lost += int.Parse(remark.Groups[1].Value, CultureInfo.InvariantCulture);
                lostBytes += int.Parse(remark.Groups[2].Value, CultureInfo.InvariantCulture);
            }
        }

        Assert.InRange(kept, 20, 40);
        Assert.Equal((100 - kept, (100 - kept) * Record(new string('x', 999) + @"\n").Length), (lost, lostBytes));
        Assert.Matches(LossPattern(), lines[^3]);
        Assert.Equal(Record(@"again\n") + Record(@"and again\n"), $"{lines[^2]}\n{lines[^1]}\n");
    }

    [Fact]
    public void A_disk_that_stays_full_is_no_failure_and_a_rotated_log_fits_it()
    {
        if (!_mounted)
        {
            return;
        }

        byte[] lines = Bytes(string.Concat(Enumerable.Repeat(new string('y', 99) + "\n", 600)));
        using FileDescriptor folder = HostFile.OpenDirectory(_disk);
        using (ContainerLog log = ContainerLog.Open(folder, Name, LogOptions.Parse(null, ["max-size=8k", "max-file=3"])))
        {
            for (int i = 0; i < 20; i++)
            {
                log.Write(LogStream.Stdout, lines, Time);
            }
        }

        Assert.DoesNotContain("lost", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        System.IO.File.Delete(File);
        System.IO.File.WriteAllBytes($"{_disk}/ballast", new byte[(64 << 10) - (3 * 12 << 10)]);
        using (ContainerLog log = ContainerLog.Open(folder, Name, LogOptions.Parse(null, [])))
        {
            for (int i = 0; i < 20; i++)
            {
                log.Write(LogStream.Stderr, lines, Time);
            }
        }

        Assert.EndsWith("\"}\n", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
    }

    [GeneratedRegex("^{\"log\":\"minirun: ([0-9]+) lines? \\(([0-9]+) bytes of this log\\) are lost: no space left on device\\\\n\",\"stream\":\"stderr\"")]
    private static partial Regex LossPattern();

    private static bool Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
