using System.Diagnostics;
using System.Text;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec;

/// <summary>Mutated configs: whatever comes, the reader, validator and writer only ever refuse it, and soon.</summary>
public sealed class SpecFuzzTests
{
    private const int Mutations = 20_000;

    private static readonly string[] Words =
    [
        "null", "true", "-1", "0", "18446744073709551616", "1e999", "{}", "[]", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "[[[[]]]]", "\"/proc\"", "\"..\"",
        "\"type\":", "\"process\":", ",", "{\"a\":{\"a\":{}}}", "\"SCMP_ACT_NOTIFY\"", "4294967295", "\"\\u202e\"",
    ];

    private static readonly string[] Documents = ["docker.json", "everything.json", "kubernetes.json", "podman-rootless.json", "slurm.json"];

    [Theory]
    [InlineData(20261122)]
    [InlineData(42)]
    public void A_mutated_config_is_read_or_refused_with_a_message_and_nothing_else(int seed)
    {
        Random random = new(seed);
        byte[][] originals = Array.ConvertAll(Documents, Config.File);
        int refused = 0;
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < Mutations / 2; i++)
        {
            byte[] mutated = Mutate(originals[random.Next(originals.Length)], random);
            try
            {
                RuntimeSpec spec = SpecReader.Read(mutated);
                SpecReader.Read(SpecWriter.Write(spec));
                SpecValidator.Check(spec);
            }
            catch (SpecException failure)
            {
                refused++;
                Assert.NotEmpty(failure.Problems);
                Assert.DoesNotContain(failure.Message, char.IsControl);
                Assert.InRange(failure.Message.Length, 1, 8000);
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
            {
                throw new InvalidOperationException($"seed {seed}, mutation {i}: {Encoding.UTF8.GetString(mutated)}", failure);
            }
        }

        Assert.InRange(refused, Mutations / 4, Mutations);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMinutes(2));
    }

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
                    bytes.Insert(place, (byte)random.Next(256));
                    break;
                case 2:
                    bytes.RemoveRange(place, Math.Min(random.Next(1, 40), bytes.Count - place));
                    break;
                case 3:
                    bytes.InsertRange(place, bytes.GetRange(place, Math.Min(random.Next(1, 200), bytes.Count - place)));
                    break;
                default:
                    ReplaceValue(bytes, place, random);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Puts another value after the next colon, so that the document stays JSON and its meaning changes.</summary>
    private static void ReplaceValue(List<byte> bytes, int place, Random random)
    {
        int colon = bytes.FindIndex(place, b => b == ':');
        int end = colon < 0 ? -1 : bytes.FindIndex(colon, b => b is (byte)',' or (byte)'}' or (byte)'\n');
        if (end > 0)
        {
            bytes.RemoveRange(colon + 1, end - colon - 1);
            bytes.InsertRange(colon + 1, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
        }
    }
}
