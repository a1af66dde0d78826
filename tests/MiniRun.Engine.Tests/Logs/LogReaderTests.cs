using System.Text;
using MiniRun.Engine.Logs;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;
using static MiniRun.Engine.Tests.Logs.LogFolder;

namespace MiniRun.Engine.Tests.Logs;

public sealed class LogReaderTests : IDisposable
{
    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>What is shown on stdout, on stderr, and how many lines are damaged.</summary>
    private (string Output, string Error, long Damaged) Shown(LogQuery? query = null, Func<bool>? ended = null)
    {
        string[] paths = [Path.GetTempFileName(), Path.GetTempFileName()];
        try
        {
            using FileDescriptor folder = _folder.Open();
            using FileDescriptor output = HostFile.Open(paths[0], OpenFlags.O_WRONLY);
            using FileDescriptor error = HostFile.Open(paths[1], OpenFlags.O_WRONLY);
            using LogReader reader = new(folder, Name, query ?? new LogQuery(), new LogOutput(output, error));
            long damaged = reader.Read(ended ?? (() => true));
            return (File.ReadAllText(paths[0], Encoding.Latin1), File.ReadAllText(paths[1], Encoding.Latin1), damaged);
        }
        finally
        {
            File.Delete(paths[0]);
            File.Delete(paths[1]);
        }
    }

    /// <summary>Ten files of ten lines: line n is "n", a second after the one before.</summary>
    private void WriteHundred()
    {
        for (int file = 9; file >= 0; file--)
        {
            string text = string.Concat(Enumerable.Range((9 - file) * 10, 10).Select(n => Record($"{n}\\n", time: $"2026-11-27T23:{n / 60:d2}:{n % 60:d2}Z")));
            File.WriteAllText(file == 0 ? _folder.File : $"{_folder.File}.{file}", text);
        }
    }

    private static string Lines(int first, int count) => string.Concat(Enumerable.Range(first, count).Select(n => $"{n}\n"));

    [Fact]
    public void What_is_written_is_shown_byte_for_byte_where_it_belongs()
    {
        string text = "a \"<b>\"\\\r\t\u001b[0m \u00e2\u0082\u00ac\u00e2\u0080\u00a8\n\n" + new string('x', 40_000) + "\nno end";
        using (ContainerLog log = _folder.OpenLog())
        {
            log.Write(LogStream.Stdout, Encoding.Latin1.GetBytes(text), Time);
            log.Write(LogStream.Stderr, "error\n"u8, Time);
        }

        Assert.Equal((text, "error\n", 0L), Shown());
    }

    [Theory]
    [InlineData(20261127)]
    [InlineData(8)]
    public void Random_outputs_come_back_over_rotated_files(int seed)
    {
        Random random = new(seed);
        StringBuilder[] outputs = [new(), new()];
        using (ContainerLog log = _folder.OpenLog("max-size=2k", "max-file=1000"))
        {
            for (int i = 0; i < 300; i++)
            {
                string piece = new string((char)random.Next(1, 128), random.Next(200)) + (random.Next(2) == 0 ? "\n" : "");
                int which = random.Next(2);
                outputs[which].Append(piece);
                log.Write((LogStream)which, Encoding.Latin1.GetBytes(piece), Time.AddTicks(i));
            }
        }

        Assert.True(_folder.Files().Length > 5);
        Assert.Equal((outputs[0].ToString(), outputs[1].ToString(), 0L), Shown());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(55)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(1000)]
    public void A_tail_goes_back_over_rotated_files(int count)
    {
        WriteHundred();
        int shown = Math.Min(count, 100);
        Assert.Equal(Lines(100 - shown, shown), Shown(new LogQuery { Tail = count }).Output);
    }

    [Fact]
    public void A_tail_of_a_large_file_is_found_across_blocks()
    {
        File.WriteAllText(_folder.File, string.Concat(Enumerable.Range(0, 20_000).Select(n => Record($"{n}\\n"))));
        Assert.Equal(Lines(15_000, 5000), Shown(new LogQuery { Tail = 5000 }).Output);
        Assert.Equal(Lines(0, 20_000), Shown(new LogQuery { Tail = 20_000 }).Output);
    }

    [Fact]
    public void Times_bound_what_is_shown_and_both_ends_belong_to_it()
    {
        WriteHundred();
        LogTime start = LogTime.From(new DateTimeOffset(2026, 11, 27, 23, 0, 0, TimeSpan.Zero));
        Assert.Equal(Lines(95, 5), Shown(new LogQuery { Since = start.Plus(95_000_000_000) }).Output);
        Assert.Equal(Lines(96, 4), Shown(new LogQuery { Since = start.Plus(95_000_000_001) }).Output);
        Assert.Equal(Lines(0, 6), Shown(new LogQuery { Until = start.Plus(5_000_000_000) }).Output);
        Assert.Equal(Lines(97, 2), Shown(new LogQuery { Tail = 3, Until = start.Plus(98_000_000_000) }).Output);
    }

    [Fact]
    public void Times_stand_before_lines_and_not_in_them()
    {
        File.WriteAllText(_folder.File, Record(new string('x', 16384), time: "2026-11-27T23:29:19.5Z") + Record(@"y\n") + Record(@"e\n", "stderr") + Record("z", time: "2026-11-28T00:29:20.123456789+01:00"));
        (string output, string error, _) = Shown(new LogQuery { Timestamps = true });
        Assert.Equal($"2026-11-27T23:29:19.500000000Z {new string('x', 16384)}y\n2026-11-27T23:29:20.123456789Z z", output);
        Assert.Equal("2026-11-27T23:29:19.000000000Z e\n", error);
        Assert.StartsWith("2026-11-27T23:29:19.500000000Z  x", Shown(new LogQuery { Timestamps = true, Details = true }).Output);
    }

    [Fact]
    public void Dockers_own_logs_are_read()
    {
        File.WriteAllText(_folder.File, """{"log":"a\n","stream":"stderr","attrs":{"tag":"x","deep":[1]},"time":"2026-11-27T23:29:19.123456789Z"}""" + "\n" + """{"time":"2026-11-27T23:29:19Z","stream":"stdout","log":"b\u003c\n"}""" + "\n");
        Assert.Equal(("b<\n", "a\n", 0L), Shown());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("{\"log\":\"tor")]
    [InlineData("{\"log\":\"tor{\"log\":\"a\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-27T23:29:19Z\"}")]
    [InlineData("{\"log\":\"a\",\"stream\":\"stdin\",\"time\":\"2026-11-27T23:29:19Z\"}")]
    [InlineData("{\"log\":\"a\",\"stream\":\"stdout\",\"time\":\"today\"}")]
    [InlineData("{\"log\":\"a\",\"stream\":\"stdout\"}")]
    [InlineData("{\"log\":[\"a\"],\"stream\":\"stdout\",\"time\":\"2026-11-27T23:29:19Z\"}")]
    [InlineData("{\"log\":\"\\ud800\",\"stream\":\"stdout\",\"time\":\"2026-11-27T23:29:19Z\"}")]
    [InlineData("{\"log\":\"a\",\"stream\":\"stdout\",\"time\":\"2026-11-27T23:29:19Z\"} {}")]
    public void A_damaged_line_is_left_out_and_counted(string line)
    {
        File.WriteAllText(_folder.File, Record(@"one\n") + line + "\n" + Record(@"two\n"));
        Assert.Equal(("one\ntwo\n", "", 1L), Shown());
    }

    [Fact]
    public void A_line_without_an_end_counts_once_nobody_can_end_it()
    {
        File.WriteAllText(_folder.File, Record(@"one\n") + Record(@"two\n").TrimEnd());
        Assert.Equal(("one\n", "", 1L), Shown());
        Assert.Equal(("one\n", "", 0L), Shown(ended: () => false));
    }

    [Fact]
    public void A_line_without_bounds_takes_bounded_memory()
    {
        using (FileStream file = File.Create(_folder.File))
        {
            file.Write(Bytes(Record(@"one\n")));
            file.SetLength(64 << 20);
            file.Seek(0, SeekOrigin.End);
            file.Write("\n"u8);
            file.Write(Bytes(Record(new string('x', 200_000) + @"\n")));
        }

        Assert.Equal(("one\n" + new string('x', 200_000) + "\n", "", 1L), Shown());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20261127)]
    public void Garbage_is_survived(int seed)
    {
        Random random = new(seed);
        string[] words = ["\n", "{", "}", "\"log\":", "\"stream\":\"stdout\"", "\"time\":\"2026-11-27T23:29:19Z\"", ",", "\"", "\\", "\\u12", "\0", "\u00ff", Record(@"x\n")];
        for (int round = 0; round < 300; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => words[random.Next(words.Length)]));
            File.WriteAllText(_folder.File, text, Encoding.Latin1);
            (string output, string error, long damaged) = Shown(new LogQuery { Tail = random.Next(2) == 0 ? null : random.Next(5), Timestamps = random.Next(2) == 0 });
            Assert.True(output.Length <= text.Length && error.Length == 0 && damaged <= text.Length);
        }
    }

    [Fact]
    public void A_log_that_is_not_there_is_empty() => Assert.Equal(("", "", 0L), Shown());

    [Fact]
    public void Following_shows_what_comes_and_misses_nothing_of_the_end()
    {
        ContainerLog? log = null;
        int asked = 0;
        (string output, _, _) = Shown(new LogQuery { Follow = true }, () =>
        {
            // The first look finds no file at all; the last lines come between the last question and the last look.
            log ??= asked > 0 ? _folder.OpenLog() : null;
            log?.Write(LogStream.Stdout, Bytes($"{asked}\nhalf {asked}"), Time);
            if (asked == 5)
            {
                log!.Dispose();
            }

            return asked++ == 5;
        });
        Assert.Equal("1\nhalf 12\nhalf 23\nhalf 34\nhalf 45\nhalf 5", output);
    }

    [Fact]
    public void Following_survives_rotation_as_long_as_the_files_are_kept()
    {
        using ContainerLog log = _folder.OpenLog("max-size=300", "max-file=20");
        StringBuilder written = new();
        int asked = 0;
        (string output, _, long damaged) = Shown(new LogQuery { Follow = true }, () =>
        {
            for (int i = 0; i < 30; i++)
            {
                written.Append(asked).Append('.').Append(i).Append('\n');
                log.Write(LogStream.Stdout, Bytes($"{asked}.{i}\n"), Time);
            }

            return asked++ == 8;
        });
        Assert.Equal(written.ToString(), output);
        Assert.Equal(0, damaged);
    }

    [Fact]
    public async Task Following_a_fast_writer_that_rotates_shows_every_line_once()
    {
        const int Lines = 30_000;
        bool ended = false;
        Task writer = Task.Run(() =>
        {
            using ContainerLog log = _folder.OpenLog("max-size=100k", "max-file=1000");
            for (int i = 0; i < Lines; i += 10)
            {
                log.Write(LogStream.Stdout, Bytes(string.Concat(Enumerable.Range(i, 10).Select(n => $"{n}\n"))), Time);
            }
        });
        _ = writer.ContinueWith(_ => Volatile.Write(ref ended, true), TaskScheduler.Default);
        (string output, _, long damaged) = Shown(new LogQuery { Follow = true }, () => Volatile.Read(ref ended));
        await writer;
        Assert.Equal(LogReaderTests.Lines(0, Lines), output);
        Assert.Equal(0, damaged);
    }

    [Fact]
    public void In_the_middle_of_a_rotation_no_file_is_missed_and_none_shown_twice()
    {
        File.WriteAllText(_folder.File, Record(@"new\n"));
        File.WriteAllText($"{_folder.File}.2", Record(@"middle\n")); // it was .1
        File.WriteAllText($"{_folder.File}.3", Record(@"old\n"));
        Assert.Equal("old\nmiddle\nnew\n", Shown(new LogQuery()).Output);
    }

    [Fact]
    public void Following_survives_files_that_are_rotated_away()
    {
        using ContainerLog log = _folder.OpenLog("max-size=1", "max-file=2");
        int asked = 0;
        (string output, _, _) = Shown(new LogQuery { Follow = true }, () =>
        {
            log.Write(LogStream.Stdout, Bytes(string.Concat(Enumerable.Range(0, 5).Select(i => $"{asked}.{i}\n"))), Time);
            return asked++ == 2;
        });
        // Of the first five the file that was open already, and the two that are kept; of the later ones those two.
        Assert.Equal("0.0\n0.3\n0.4\n1.3\n1.4\n2.3\n2.4\n", output);
    }

    [Fact]
    public void Following_goes_on_with_a_file_that_somebody_emptied()
    {
        File.WriteAllText(_folder.File, Record(@"a long line that goes\n"));
        int asked = 0;
        (string output, _, _) = Shown(new LogQuery { Follow = true }, () =>
        {
            if (asked == 1)
            {
                File.WriteAllText(_folder.File, Record(@"new\n"));
            }

            return asked++ == 3;
        });
        Assert.Equal("a long line that goes\nnew\n", output);
    }

    [Fact]
    public void Following_a_tail_of_none_shows_only_what_comes()
    {
        WriteHundred();
        int asked = 0;
        (string output, _, _) = Shown(new LogQuery { Follow = true, Tail = 0 }, () =>
        {
            if (asked == 1)
            {
                File.AppendAllText(_folder.File, Record(@"new\n"));
            }

            return asked++ == 3;
        });
        Assert.Equal("new\n", output);
    }

    [Fact]
    public void Following_ends_at_until_though_the_container_goes_on()
    {
        File.WriteAllText(_folder.File, Record(@"a\n"));
        Assert.Equal("a\n", Shown(new LogQuery { Follow = true, Until = LogTime.From(Time) }, () => false).Output);
        LogTime soon = LogTime.Now.Plus(50_000_000);
        Shown(new LogQuery { Follow = true, Until = soon }, () => false);
        Assert.True(LogTime.Now > soon);
    }

    [Fact]
    public void A_reader_that_has_gone_ends_following()
    {
        File.WriteAllText(_folder.File, Record(@"a\n"));
        using FileDescriptor folder = _folder.Open();
        using var pipe = Pipe.Create();
        FileDescriptor output = pipe.WriteEnd;
        using LogReader reader = new(folder, Name, new LogQuery { Follow = true }, new LogOutput(output, output));
        int asked = 0;
        reader.Read(() =>
        {
            if (asked++ == 1)
            {
                pipe.ReadEnd.Dispose();
            }

            return false;
        });
        Assert.InRange(asked, 2, 3);
        using LogReader late = new(folder, Name, new LogQuery(), new LogOutput(output, output));
        Assert.Equal(Errno.EPIPE, Assert.Throws<SyscallException>(() => late.Read(() => true)).Errno);
    }
}
