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
}
