using MiniRun.Linux.Resctrl;

namespace MiniRun.Linux.Tests.Resctrl;

/// <summary>A plain folder that stands for a resctrl mount: new groups are filled and removed ones cleared, as the kernel does.</summary>
internal sealed class FolderResctrl : ResctrlHost, IDisposable
{
    public const string Default = "    MB:0=100;1=100\n    L3:0=fffff;1=fffff\n";

    private readonly TemporaryFolder _folder;

    public FolderResctrl()
        : this(new TemporaryFolder())
    {
    }

    private FolderResctrl(TemporaryFolder folder)
        : base(folder.Path)
    {
        _folder = folder;
        Fill(folder.Path);
    }

    public void Dispose() => _folder.Dispose();

    public override void Make(string folder)
    {
        base.Make(folder);
        Fill(folder);
    }

    public override void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Fill(string folder)
    {
        File.WriteAllText(folder + "/schemata", Default);
        File.WriteAllText(folder + "/tasks", "");
        Directory.CreateDirectory(folder + "/mon_groups");
    }
}
