using System.Text;
using MiniRun.Engine.Logs;
using MiniRun.Linux.Interop;
using static MiniRun.Engine.Tests.Logs.LogFolder;

namespace MiniRun.Engine.Tests.Logs;

public sealed class ContainerLogTests : IDisposable
{
    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Written(params string[] pieces)
    {
        using (ContainerLog log = _folder.OpenLog())
        {
            foreach (string piece in pieces)
            {
                log.Write(LogStream.Stdout, Encoding.Latin1.GetBytes(piece), Time);
            }
        }

        return _folder.Text();
    }

    [Fact]
    public void Each_line_is_a_record_in_dockers_words()
    {
        using (ContainerLog log = _folder.OpenLog())
        {
            log.Write(LogStream.Stdout, "one\ntwo\n"u8, Time.AddTicks(1_234_567));
            log.Write(LogStream.Stderr, "\n"u8, Time.AddTicks(1_200_000).ToOffset(TimeSpan.FromHours(2)));
            log.Write(LogStream.Stdout, ""u8, Time);
        }

        Assert.Equal(
            Record(@"one\n", time: "2026-11-27T23:29:19.1234567Z") + Record(@"two\n", time: "2026-11-27T23:29:19.1234567Z") + Record(@"\n", "stderr", "2026-11-27T23:29:19.12Z"),
            _folder.Text());
    }

    [Fact]
    public void The_file_is_the_owners_to_write_and_the_groups_to_read()
    {
        Written("x\n");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.File) & ~UnixFileMode.GroupRead);
    }

    [Theory]
    [InlineData("\"\\", @"\""\\")]
    [InlineData("<a href='x'>&", @"\u003ca href='x'\u003e\u0026")]
    [InlineData("\r\t\b\f\0\u001b[0m\u007f", @"\r\u0009\u0008\u000c\u0000\u001b[0m" + "\u007f")]
    [InlineData("\u00e2\u0080\u00a8\u00e2\u0080\u00a9\u00e2\u0080\u00aa", @"\u2028\u2029" + "\u202a")]
    [InlineData("\u00c3\u00bc", "\u00fc")]
    [InlineData("a\u00ffb", @"a\ufffdb")]
    [InlineData("\u00e2\u0082A", @"\ufffd\ufffdA")]
    [InlineData("\u00ed\u00a0\u0080", @"\ufffd\ufffd\ufffd")]
    [InlineData("\u00c0\u0080", @"\ufffd\ufffd")]
    [InlineData("\u00f0\u009f\u0090", @"\ufffd\ufffd\ufffd")]
    [InlineData("\u00ef\u00bf\u00bd", "\ufffd")]
    public void Bytes_are_escaped_as_docker_escapes_them(string latin, string escaped) => Assert.Equal(Record(escaped + @"\n"), Written(latin + "\n"));

    [Fact]
    public void A_line_and_a_letter_in_pieces_are_one_line_and_one_letter() =>
        Assert.Equal(Record("\u20ac 5\\n"), Written("\u00e2", "\u0082", "\u00ac 5", "\n"));

    [Fact]
    public void A_line_without_an_end_is_written_at_the_end_without_a_newline()
    {
        using (ContainerLog log = _folder.OpenLog())
        {
            log.Write(LogStream.Stdout, "a\nprompt: "u8, Time);
            Assert.Equal(Record(@"a\n"), _folder.Text());
        }

        Assert.Equal(Record(@"a\n") + Record("prompt: "), _folder.Text());
    }

    [Theory]
    [InlineData(16383, 0)]
    [InlineData(16384, 1)]
    [InlineData(16385, 1)]
    [InlineData(40000, 2)]
    public void A_long_line_comes_in_parts_of_16_KiB_with_the_time_of_the_first(int length, int parts)
    {
        string line = new('x', length);
        using (ContainerLog log = _folder.OpenLog())
        {
            log.Write(LogStream.Stdout, Bytes(line), Time);
            log.Write(LogStream.Stdout, "\n"u8, Time.AddSeconds(1));
            log.Write(LogStream.Stdout, "next\n"u8, Time.AddSeconds(2));
        }

        string expected = "";
        for (int part = 0; part < parts; part++)
        {
            expected += Record(new string('x', 16384));
        }

        expected += Record(new string('x', length % 16384) + @"\n", time: parts > 0 ? "2026-11-27T23:29:19Z" : "2026-11-27T23:29:20Z");
        Assert.Equal(expected + Record(@"next\n", time: "2026-11-27T23:29:21Z"), _folder.Text());
    }

    [Theory]
    [InlineData(16383)]
    [InlineData(16382)]
    [InlineData(16381)]
    public void No_letter_is_torn_by_the_limit(int before)
    {
        string expected = Record(new string('x', before)) + Record("\U0001f40b\\n");
        Assert.Equal(expected, Written(new string('x', before) + "\u00f0\u009f\u0090\u008b\n"));
        File.Delete(_folder.File);
        Assert.Equal(expected, Written(new string('x', before), "\u00f0", "\u009f", "\u0090", "\u008b", "\n"));
    }

    [Fact]
    public void An_old_log_goes_on_at_its_end_and_a_torn_record_keeps_its_own_line()
    {
        Written("one\n");
        File.AppendAllText(_folder.File, """{"log":"tor""");
        Assert.Equal(Record(@"one\n") + "{\"log\":\"tor\n" + Record(@"two\n"), Written("two\n"));
    }

    [Fact]
    public void What_others_append_or_truncate_meanwhile_is_not_overwritten()
    {
        using ContainerLog log = _folder.OpenLog();
        log.Write(LogStream.Stdout, "one\n"u8, Time);
        File.AppendAllText(_folder.File, "other\n");
        log.Write(LogStream.Stdout, "two\n"u8, Time);
        Assert.Equal(Record(@"one\n") + "other\n" + Record(@"two\n"), _folder.Text());
        File.WriteAllText(_folder.File, "");
        log.Write(LogStream.Stdout, "three\n"u8, Time);
        Assert.Equal(Record(@"three\n"), _folder.Text());
    }

    [Fact]
    public void A_file_ends_with_the_record_that_reaches_the_limit()
    {
        int one = Record(@"0\n").Length;
        using (ContainerLog log = _folder.OpenLog($"max-size={one + 1}", "max-file=3"))
        {
            log.Write(LogStream.Stdout, "0\n1\n2\n3\n4\n5\n6\n"u8, Time);
        }

        Assert.Equal(["", ".1", ".2"], _folder.Files());
        Assert.Equal(Record(@"6\n"), _folder.Text());
        Assert.Equal(Record(@"4\n") + Record(@"5\n"), _folder.Text(1));
        Assert.Equal(Record(@"2\n") + Record(@"3\n"), _folder.Text(2));
    }

    [Fact]
    public void With_one_file_the_old_one_goes_and_its_readers_keep_it()
    {
        using (ContainerLog log = _folder.OpenLog("max-size=1"))
        {
            log.Write(LogStream.Stdout, "0\n"u8, Time);
            using StreamReader reader = new(_folder.File);
            log.Write(LogStream.Stdout, "1\n"u8, Time);
            Assert.Equal(Record(@"0\n"), reader.ReadToEnd());
        }

        Assert.Equal([""], _folder.Files());
        Assert.Equal(Record(@"1\n"), _folder.Text());
    }

    [Fact]
    public void A_log_opened_again_counts_what_is_there()
    {
        for (int i = 0; i < 3; i++)
        {
            using ContainerLog log = _folder.OpenLog("max-size=1", "max-file=9");
            log.Write(LogStream.Stdout, [(byte)('0' + i), (byte)'\n'], Time);
        }

        Assert.Equal(["", ".1", ".2"], _folder.Files());
        Assert.Equal(Record(@"0\n"), _folder.Text(2));
    }

    [Fact]
    public void A_log_that_cannot_be_rotated_goes_on_and_says_so()
    {
        using (ContainerLog log = _folder.OpenLog("max-size=1", "max-file=2"))
        {
            log.Write(LogStream.Stdout, "0\n"u8, Time);
            Directory.CreateDirectory($"{_folder.File}.1");
            File.WriteAllText($"{_folder.File}.1/in the way", "");
            log.Write(LogStream.Stdout, "1\n"u8, Time);
        }

        Assert.StartsWith(Record(@"0\n") + """{"log":"minirun: this log is over its max-size: rename """, _folder.Text());
        Assert.EndsWith(Record(@"1\n"), _folder.Text());
        Directory.Delete($"{_folder.File}.1", recursive: true);
    }

    [Fact]
    public void A_removed_folder_and_a_link_in_the_files_place_do_no_harm()
    {
        using (ContainerLog log = _folder.OpenLog("max-size=1", "max-file=3"))
        {
            log.Write(LogStream.Stdout, "0\n"u8, Time);
            Directory.Delete(_folder.Path, recursive: true);
            log.Write(LogStream.Stdout, "1\n2\n"u8, Time);
            Directory.CreateDirectory(_folder.Path);
        }

        File.CreateSymbolicLink(_folder.File, "/dev/null");
        Assert.Throws<SyscallException>(() => _folder.OpenLog());
    }
}
