using System.Diagnostics;
using System.Text;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec;

public sealed class HostileInputTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{\"ociVersion\":\"1.0.0\"} x")]
    [InlineData("{\"ociVersion\":\"1.0.0\"}{}")]
    [InlineData("{\"ociVersion\":\"1.0.0\",}")]
    [InlineData("{\"ociVersion\":\"1.0.0\"/* no comments */}")]
    [InlineData("{'ociVersion':'1.0.0'}")]
    [InlineData("{\"ociVersion\":\"1.0.0\",\"hostname\":\"a\nb\"}")]
    [InlineData("{\"ociVersion\":\"1.0.0\",\"hostname\":NaN}")]
    public void What_is_not_one_JSON_object_is_refused(string json) => Assert.Single(Config.ProblemsOf(json));

    [Fact]
    public void Where_the_JSON_breaks_is_told() =>
        Assert.Equal("not JSON at line 2, column 12, near process.cwd", Assert.Single(Config.ProblemsOf("{\"process\":{\n\"cwd\": \"/\" : }")));

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"a\":", "}")]
    public void Deep_nesting_is_refused_in_known_and_unknown_places(string open, string close)
    {
        string deep = string.Concat(Enumerable.Repeat(open, 200_000)) + "1" + string.Concat(Enumerable.Repeat(close, 200_000));
        foreach (string member in new[] { "x", "mounts", "annotations" })
        {
            Assert.Contains(Config.ProblemsOf(Config.With($"\"{member}\":{deep}")), problem => problem.StartsWith("nested deeper than 64 levels", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_hundred_megabytes_are_refused_at_once() =>
        Assert.Equal("larger than 16 MiB", Assert.Single(Config.ProblemsOf(new byte[100 << 20])));

    [Fact]
    public void A_hundred_megabytes_in_a_file_are_not_read()
    {
        string path = Path.GetTempFileName();
        try
        {
            using (FileStream file = File.OpenWrite(path))
            {
                file.SetLength(100 << 20);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.ThrowsAny<Exception>(() => SpecReader.ReadFile(path));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("/proc")]
    public void What_is_no_file_is_refused(string path) => Assert.ThrowsAny<Linux.MiniRunException>(() => SpecReader.ReadFile(path));

    [Fact]
    public void NUL_in_a_text_is_refused() =>
        Assert.Equal("process.args[0]: must not contain NUL", Assert.Single(Config.ProblemsOf(Config.With("""
            "process":{"cwd":"/","args":["sh\u0000x"]}
            """))));

    [Fact]
    public void NUL_in_a_name_is_refused() =>
        Assert.Contains("must not contain NUL", Assert.Single(Config.ProblemsOf(Config.With("""
            "annotations":{"a\u0000b":""}
            """))), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00x\"")]
    [InlineData("\"\\ud800\\ud800\"")]
    public void Half_a_surrogate_pair_is_refused(string text) =>
        Assert.Equal("hostname: half a surrogate pair is no text", Assert.Single(Config.ProblemsOf(Config.With($"\"hostname\":{text}"))));

    [Theory]
    [InlineData(0xFF)]
    [InlineData(0xC0)]
    [InlineData(0xED)]
    public void What_is_not_UTF_8_is_refused_even_where_nobody_looks(byte invalid)
    {
        byte[] json = Encoding.UTF8.GetBytes(Config.With("\"x\":\"?\""));
        json[Array.IndexOf(json, (byte)'?')] = invalid;
        Assert.Equal("not UTF-8", Assert.Single(Config.ProblemsOf(json)));
    }

    [Theory]
    [InlineData("1e3")]
    [InlineData("1.0")]
    [InlineData("-1")]
    [InlineData("4294967296")]
    [InlineData("99999999999999999999999999999999999999")]
    public void Numbers_that_are_no_id_are_refused(string number) =>
        Assert.Equal($"process.user.uid: expected a whole number from 0 to 4294967295, found {number}", Assert.Single(Config.ProblemsOf(Config.With($"\"process\":{{\"cwd\":\"/\",\"user\":{{\"uid\":{number}}}}}"))));

    [Fact]
    public void A_number_of_a_million_digits_is_refused_and_not_repeated()
    {
        string problem = Assert.Single(Config.ProblemsOf(Config.With($"\"linux\":{{\"resources\":{{\"pids\":{{\"limit\":{new string('9', 1_000_000)}}}}}}}")));
        Assert.InRange(problem.Length, 50, 250);
    }

    [Fact]
    public void Only_so_many_problems_are_reported()
    {
        string items = string.Join(',', Enumerable.Repeat("1", 60_000));
        SpecException failure = Assert.Throws<SpecException>(() => Config.Read(Config.With($"\"process\":{{\"args\":[{items}]}}")));
        Assert.Equal("and more", failure.Problems[^1]);
        Assert.InRange(failure.Message.Length, 100, 4000);
    }

    [Fact]
    public void What_a_message_repeats_stays_on_one_line_and_short()
    {
        string problem = Assert.Single(Config.ProblemsOf(Config.With("\"root\":\"\u2028\u202e\u009b\\n" + new string('x', 5000) + "\"")));
        Assert.StartsWith("root: expected an object, found \"???\\nxxx", problem, StringComparison.Ordinal);
        Assert.InRange(problem.Length, 50, 200);
    }

    [Fact]
    public void Counts_are_limited()
    {
        Assert.Equal("process.args: more than 65536 entries", Assert.Single(Config.ProblemsOf(Config.With($"\"process\":{{\"args\":[{string.Join(',', Enumerable.Repeat("\"\"", 65_537))}]}}"))));
        string members = string.Join(',', Enumerable.Range(0, 4097).Select(i => $"\"{i}\":\"\""));
        Assert.Equal("annotations: more than 4096 entries", Assert.Single(Config.ProblemsOf(Config.With($"\"annotations\":{{{members}}}"))));
        string mappings = string.Join(',', Enumerable.Repeat("""{"containerID":1,"hostID":1,"size":1}""", 65_536));
        Assert.Equal("more than 262144 values", Assert.Single(Config.ProblemsOf(Config.With($"\"linux\":{{\"uidMappings\":[{mappings}],\"gidMappings\":[{mappings}]}}"))));
        Assert.Equal("hostname: longer than 131071 bytes", Assert.Single(Config.ProblemsOf(Config.With($"\"hostname\":\"{new string('a', 131_072)}\""))));
    }

    [Fact]
    public void The_worst_sixteen_megabytes_take_bounded_time_and_memory()
    {
        string names = string.Join(',', Enumerable.Range(0, 4000).Select(i => $"\"{i}\":0"));
        string[] documents =
        [
            Config.With($"\"mounts\":[{string.Join(',', Enumerable.Repeat($"{{{names}}}", 300))}]"),
            Config.With($"\"process\":{{\"args\":[{string.Join(',', Enumerable.Repeat("\"a\"", 4 << 20))}]}}"),
            Config.With($"\"x\":[{string.Join(',', Enumerable.Repeat("{}", 5 << 20))}]"),
            Config.With($"\"x\":\"{string.Concat(Enumerable.Repeat("\\ud800", 2 << 20))}\""),
            Config.With($"\"annotations\":{{\"k\":\"{string.Concat(Enumerable.Repeat("\\u0041", 2 << 20))}\"}}"),
        ];
        foreach (string document in documents)
        {
            byte[] json = Encoding.UTF8.GetBytes(document);
            Stopwatch watch = Stopwatch.StartNew();
            long before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                SpecReader.Read(json);
            }
            catch (SpecException)
            {
                // Refused or read: either is fine, as long as it ends soon.
            }

            Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 128 << 20);
        }
    }
}
