using MiniRun.Engine.Layers.Tar;
using MiniRun.Linux.Files;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Layers;

/// <summary>Writes an entry's data to its file straight from the reader's buffer; holes stay holes.</summary>
internal static class FileContents
{
    internal static void Write(TarReader reader, TarEntry entry, FileDescriptor file, string subject)
    {
        if (entry.Sparse is null)
        {
            WriteRun(reader, long.MaxValue, file, subject);
            return;
        }

        FileMetadata.SetLength(file, entry.Size, subject);
        foreach (SparseSegment segment in entry.Sparse.Segments)
        {
            FileMetadata.Seek(file, segment.Offset, subject);
            WriteRun(reader, segment.Length, file, subject);
        }
    }

    private static void WriteRun(TarReader reader, long length, FileDescriptor file, string subject)
    {
        while (length > 0)
        {
            ReadOnlySpan<byte> data = reader.NextData(length);
            if (data.IsEmpty)
            {
                return;
            }

            HostFile.WriteAll(file, data, subject);
            length -= data.Length;
        }
    }
}
