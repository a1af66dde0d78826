using System.Text;
using MiniRun.Engine.Logs;
using static MiniRun.Engine.Tests.Logs.LogFolder;

namespace MiniRun.Engine.Tests.Logs;

/// <summary>However the outputs are cut on the way, the records are those of a plain model of docker's copier and its JSON.</summary>
public sealed class LogChunkingTests : IDisposable
{
    private const int MaxLength = 16384;

    private static readonly string[] s_pieces = ["\n", "\n\n", "word ", "\"", "\\", "<&>", "\u001b[1m", "\r\n", "\u20ac", "\U0001f40b", "\u2028", "\u00fc\u00fc\u00fc", "\ufffd"];

    private readonly LogFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(20261127)]
    [InlineData(7)]
    [InlineData(42)]
    public void Random_pieces_make_the_models_file(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 60; round++)
        {
            byte[] bytes = Output(random);
            File.Delete(_folder.File);
            using (ContainerLog log = _folder.OpenLog())
            {
                int place = 0;
                int most = random.Next(2) == 0 ? 40_000 : 50;
                while (place < bytes.Length)
                {
                    int length = Math.Min(random.Next(1, most), bytes.Length - place);
                    log.Write(LogStream.Stdout, bytes.AsSpan(place, length), Time);
                    place += length;
                }
            }

            Assert.Equal(Encoding.Latin1.GetString(Model(bytes)), Encoding.Latin1.GetString(File.ReadAllBytes(_folder.File)));
        }
    }

    [Fact]
    public void Two_outputs_do_not_mix()
    {
        Random random = new(5);
        byte[][] outputs = [Output(random), Output(random)];
        int[] places = [0, 0];
        using (ContainerLog log = _folder.OpenLog())
        {
            while (places[0] < outputs[0].Length || places[1] < outputs[1].Length)
            {
                int which = random.Next(2);
                int length = Math.Min(random.Next(1, 3000), outputs[which].Length - places[which]);
                log.Write((LogStream)which, outputs[which].AsSpan(places[which], length), Time);
                places[which] += length;
            }
        }

        string[] lines = File.ReadAllLines(_folder.File, Encoding.Latin1);
        Assert.Equal(Encoding.Latin1.GetString(Model(outputs[0])), string.Concat(lines.Where(line => line.Contains("\"stream\":\"stdout\"", StringComparison.Ordinal)).Select(line => line + "\n")));
        Assert.Equal(
            Encoding.Latin1.GetString(Model(outputs[1])).Replace("\"stream\":\"stdout\"", "\"stream\":\"stderr\"", StringComparison.Ordinal),
            string.Concat(lines.Where(line => line.Contains("\"stream\":\"stderr\"", StringComparison.Ordinal)).Select(line => line + "\n")));
    }

    /// <summary>Short lines, long ones, and bytes that are no text.</summary>
    private static byte[] Output(Random random)
    {
        using MemoryStream output = new();
        int count = random.Next(1, 60);
        for (int i = 0; i < count; i++)
        {
            switch (random.Next(12))
            {
                case 0:
                    byte[] noise = new byte[random.Next(300)];
                    random.NextBytes(noise);
                    output.Write(noise);
                    break;
                case 1:
                    output.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(s_pieces[random.Next(s_pieces.Length)], random.Next(MaxLength)))));
                    break;
                default:
                    output.Write(Encoding.UTF8.GetBytes(s_pieces[random.Next(s_pieces.Length)]));
                    break;
            }
        }

        return output.ToArray();
    }

    private static byte[] Model(byte[] bytes)
    {
        using MemoryStream file = new();
        int start = 0;
        while (start < bytes.Length)
        {
            int end = start;
            while (end < bytes.Length && bytes[end] != '\n' && end - start < MaxLength)
            {
                end++;
            }

            bool isLine = end < bytes.Length && bytes[end] == '\n' && end - start < MaxLength;
            if (end - start == MaxLength)
            {
                end -= Unfinished(bytes.AsSpan(start, MaxLength));
            }

            file.Write("{\"log\":\""u8);
            Escape(file, bytes.AsSpan(start, end - start));
            file.Write(Bytes((isLine ? @"\n" : "") + "\",\"stream\":\"stdout\",\"time\":\"2026-11-27T23:29:19Z\"}\n"));
            start = isLine ? end + 1 : end;
        }

        return file.ToArray();
    }

    private static int Unfinished(ReadOnlySpan<byte> text)
    {
        for (int length = 1; length < 4; length++)
        {
            ReadOnlySpan<byte> end = text[^length..];
            // What no continuation can make whole is no unfinished letter.
            for (int more = 1; more + length <= 4; more++)
            {
                foreach (byte second in (byte[])[0x80, 0x90, 0xa0])
                {
                    byte[] whole = [.. end, .. Enumerable.Repeat(second, more)];
                    if (Sequence(whole) == whole.Length)
                    {
                        return length;
                    }
                }
            }
        }

        return 0;
    }

    private static void Escape(MemoryStream file, ReadOnlySpan<byte> text)
    {
        while (text.Length > 0)
        {
            int length = Sequence(text);
            string? escaped = length switch
            {
                0 => @"\ufffd",
                1 when text[0] is (byte)'"' or (byte)'\\' => $"\\{(char)text[0]}",
                1 when text[0] == '\r' => @"\r",
                1 when text[0] < 0x20 || "<>&".Contains((char)text[0], StringComparison.Ordinal) => $"\\u{text[0]:x4}",
                3 when text[0] == 0xe2 && text[1] == 0x80 && text[2] is 0xa8 or 0xa9 => $"\\u{0x2028 + text[2] - 0xa8:x4}",
                _ => null,
            };
            file.Write(escaped is null ? text[..length] : Bytes(escaped));
            text = text[Math.Max(1, length)..];
        }
    }

    /// <summary>The length of the UTF-8 sequence that bytes begin with (RFC 3629's table); 0 for none.</summary>
    private static int Sequence(ReadOnlySpan<byte> text)
    {
        int length = text[0] switch { < 0x80 => 1, >= 0xc2 and < 0xe0 => 2, >= 0xe0 and < 0xf0 => 3, >= 0xf0 and < 0xf5 => 4, _ => 0 };
        if (length == 0 || text.Length < length)
        {
            return 0;
        }

        for (int i = 1; i < length; i++)
        {
            int least = i > 1 ? 0x80 : text[0] switch { 0xe0 => 0xa0, 0xf0 => 0x90, _ => 0x80 };
            int most = i > 1 ? 0xbf : text[0] switch { 0xed => 0x9f, 0xf4 => 0x8f, _ => 0xbf };
            if (text[i] < least || text[i] > most)
            {
                return 0;
            }
        }

        return length;
    }
}
