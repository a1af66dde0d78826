using System.Text;
using MiniRun.Engine.Layers;
using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux;
using MiniRun.Linux.Files;

namespace MiniRun.Engine.Tests.Layers;

/// <summary>Mutated layers: whatever comes is unpacked or refused with a message, and nothing beside the folder changes.</summary>
public sealed class LayerFuzzTests
{
    private const int Mutations = 2000;

    private static readonly string[] s_words = ["..", "/", "./", "link", "link/file", ".wh.", ".wh..wh..opq", "../outside/file", "a/b", "\0", "GNU.sparse.map=", "path=", "size=", "\u00ff\u00fe"];

    [Theory]
    [InlineData(20261127)]
    [InlineData(7)]
    public void A_mutated_layer_is_unpacked_or_refused_and_nothing_else(int seed)
    {
        Random random = new(seed);
        using LayerFolder layer = new();
        byte[][] originals = [Plain(layer.Outside), Extended(layer.Outside), Sparse()];
        int refused = 0;
        for (int i = 0; i < Mutations; i++)
        {
            byte[] mutated = Mutate(originals[random.Next(originals.Length)], random);
            UnpackOptions options = new()
            {
                Mode = random.Next(2) == 0 ? LayerMode.Overlay : LayerMode.Flat,
                OverlayAttributes = LayerFolder.Attributes,
                Ownership = Ownership.Squash,
                Limits = new TarLimits { MaxBytes = 1 << 20, MaxEntries = 100 },
            };
            try
            {
                layer.Unpack(mutated, options);
            }
            catch (MiniRunException failure)
            {
                refused++;
                Assert.DoesNotContain(failure.Message, char.IsControl);
                Assert.InRange(failure.Message.Length, 20, 9000);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}, mutation {i}: {Convert.ToBase64String(mutated)}", failure);
            }

            layer.AssertOutsideIsUntouched();
            if (i % 20 == 19)
            {
                TreeRemoval.Remove(layer.Path);
                Directory.CreateDirectory(layer.Path);
            }
        }

        Assert.InRange(refused, Mutations / 10, Mutations - (Mutations / 10));
    }

    private static byte[] Plain(string outside) => new TarBuilder()
        .Folder("./").Folder("a/").File("a/b", "text").Symlink("link", outside).Hardlink("h", "a/b").File("a/.wh.c").Folder("d/").File("d/.wh..wh..opq").Entry((byte)'6', "fifo").File("e/f/g", "x").Bytes;

    private static byte[] Extended(string outside) => new TarBuilder()
        .Pax("path=a/long/name", "mtime=1.5", "uid=5", "SCHILY.xattr.user.a=b").File("short", "text")
        .Entry((byte)'L', "././@LongLink", data: Encoding.ASCII.GetBytes("a/" + new string('n', 150) + "\0")).File("short")
        .Entry((byte)'K', "././@LongLink", data: Encoding.ASCII.GetBytes(outside + "\0")).Symlink("link", "x")
        .Records((byte)'g', "comment=x"u8.ToArray()).Device("dev", 1, 3).File("link2/x").Bytes;

    private static byte[] Sparse() => new TarBuilder()
        .Pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=s1", "GNU.sparse.realsize=5000").Entry((byte)'0', "x", data: [.. "1\n4000\n4\n"u8, .. new byte[503], .. "data"u8])
        .Pax("GNU.sparse.size=5000", "GNU.sparse.map=10,4,20,0").File("s2", "data")
        .Entry((byte)'S', "s3", data: "data"u8.ToArray(), magic: "ustar  \0", change: header =>
        {
            TarBuilder.Put(header, 386, [.. TarBuilder.Octal(100, 11), 0, .. TarBuilder.Octal(4, 11)]);
            TarBuilder.Put(header, 483, TarBuilder.Octal(3000, 11));
        }).Bytes;

    /// <summary>Changes bytes; most times the checksums are made right again, so that the change is looked at.</summary>
    private static byte[] Mutate(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            int place = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[place] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[Math.Min((place / 512 * 512) + 156, bytes.Count - 1)] = (byte)"0123456xLKgS\0"[random.Next(13)];
                    break;
                case 2:
                    bytes.RemoveRange(place, Math.Min(random.Next(1, 1000), bytes.Count - place));
                    break;
                case 3:
                    int from = random.Next(bytes.Count / 512) * 512;
                    bytes.InsertRange(place / 512 * 512, bytes.GetRange(from, Math.Min(512 * random.Next(1, 4), bytes.Count - from)));
                    break;
                default:
                    byte[] word = Encoding.Latin1.GetBytes(s_words[random.Next(s_words.Length)]);
                    int field = (place / 512 * 512) + (random.Next(2) == 0 ? 0 : random.Next(350));
                    for (int i = 0; i < word.Length && field + i < bytes.Count; i++)
                    {
                        bytes[field + i] = word[i];
                    }

                    break;
            }

            if (bytes.Count < 1024)
            {
                return [.. bytes];
            }
        }

        byte[] mutated = [.. bytes];
        if (random.Next(8) != 0)
        {
            SealHeaders(mutated);
        }

        return mutated;
    }

    private static void SealHeaders(byte[] tar)
    {
        for (int at = 0; at + 512 <= tar.Length; at += 512)
        {
            byte[] block = tar[at..(at + 512)];
            if (Encoding.ASCII.GetString(block, 257, 5) == "ustar")
            {
                TarBuilder.Seal(block);
                block.CopyTo(tar, at);
            }
        }
    }
}
