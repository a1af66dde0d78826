using System.Formats.Tar;

namespace MiniRun.Attack.Tests.Harness;

/// <summary>Unpacks as the runtimes did that fell: by path, through whatever is there. It shows that an attack would succeed.</summary>
internal static class NaiveUnpacker
{
    internal static void Unpack(byte[] tar, string folder)
    {
        using TarReader reader = new(new MemoryStream(tar));
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            string path = Path.Combine(folder, entry.Name);
            string name = Path.GetFileName(entry.Name.TrimEnd('/'));
            switch (entry.EntryType)
            {
                case TarEntryType.Directory: Directory.CreateDirectory(path); break;
                case TarEntryType.SymbolicLink: File.CreateSymbolicLink(path, entry.LinkName); break;
                case TarEntryType.HardLink: File.Copy(Path.Combine(folder, entry.LinkName), path); break;
                case TarEntryType.RegularFile when name.StartsWith(".wh.", StringComparison.Ordinal): File.Delete(Path.Combine(Path.GetDirectoryName(path)!, name[4..])); break;
                default: File.WriteAllBytes(path, ((MemoryStream)entry.DataStream!).ToArray()); break;
            }
        }
    }
}
