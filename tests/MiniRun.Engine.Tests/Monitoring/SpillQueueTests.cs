using System.Diagnostics;
using System.Globalization;
using MiniRun.Engine.Monitoring;

namespace MiniRun.Engine.Tests.Monitoring;

public sealed class SpillQueueTests
{
    [Fact]
    public void Messages_come_out_as_they_went_in_and_leave_no_file()
    {
        string folder = Directory.CreateTempSubdirectory("minirun-spill-").FullName;
        try
        {
            using var queue = new SpillQueue(folder);
            var random = new Random(7);
            Queue<byte[]> expected = new();
            byte[] buffer = new byte[AttachServer.MaxMessage];
            for (int i = 0; i < 2000; i++)
            {
                if (random.Next(3) > 0)
                {
                    byte[] message = new byte[random.Next(1, 3000)];
                    random.NextBytes(message);
                    queue.Add(message);
                    expected.Enqueue(message);
                }
                else if (expected.TryDequeue(out byte[]? oldest))
                {
                    Assert.True(queue.Peek(buffer).SequenceEqual(oldest));
                    queue.Drop();
                }

                Assert.Equal(expected.Count == 0, queue.IsEmpty);
            }

            Assert.Empty(Directory.GetFileSystemEntries(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void What_was_read_takes_no_space_though_the_reader_never_catches_up()
    {
        string folder = Directory.CreateTempSubdirectory("minirun-spill-").FullName;
        try
        {
            using var queue = new SpillQueue(folder);
            byte[] buffer = new byte[AttachServer.MaxMessage];
            byte[] message = new byte[AttachServer.MaxMessage];
            queue.Add(message);
            for (int i = 0; i < 1000; i++)
            {
                message.AsSpan().Fill((byte)i);
                queue.Add(message);
                Assert.Equal(AttachServer.MaxMessage, queue.Peek(buffer).Length);
                queue.Drop();
            }

            Assert.False(queue.IsEmpty);
            Assert.InRange(Space(folder), 1, 3 << 20); // of 32 MB that went through it
            Assert.Equal(message.AsSpan(0, 1), queue.Peek(buffer)[..1]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The bytes on the disk of the one file without a name that this process has open in the folder.</summary>
    private static long Space(string folder)
    {
        // Other tests of this process close files meanwhile: LinkTarget is null for one that has gone.
        string file = Directory.EnumerateFileSystemEntries("/proc/self/fd").Single(link => new FileInfo(link).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true);
        using Process stat = Process.Start(new ProcessStartInfo("stat", ["-L", "-c", "%b", $"/proc/{Environment.ProcessId}/fd/{Path.GetFileName(file)}"]) { RedirectStandardOutput = true })!;
        return long.Parse(stat.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture) * 512;
    }
}
