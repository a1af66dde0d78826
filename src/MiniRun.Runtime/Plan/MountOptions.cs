using MiniRun.Linux.Mounts;
using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Plan;

/// <summary>The options of one mount, sorted by what carries them out.</summary>
internal sealed class MountOptions
{
    /// <summary>What changes on the mount itself.</summary>
    public AttributeChange Change { get; private set; }

    /// <summary>What changes on the mount and all below it ("rro", "rnosuid" …).</summary>
    public AttributeChange RecursiveChange { get; private set; }

    /// <summary>MS_SHARED and the like, with MS_REC; 0 where none was asked for.</summary>
    public ulong Propagation { get; private set; }

    public bool Bind { get; private set; }

    public bool RecursiveBind { get; private set; }

    /// <summary>A new tmpfs starts with a copy of what it covers.</summary>
    public bool CopyUp { get; private set; }

    public bool Remount { get; private set; }

    /// <summary>What the file system itself is told: "key" or "key=value".</summary>
    public List<string> Data { get; } = [];

    public static MountOptions Parse(IReadOnlyList<string> words)
    {
        MountOptions options = new();
        for (int i = 0; i < words.Count; i++)
        {
            options.Take(words[i]);
        }

        return options;
    }

    private void Take(string word)
    {
        if (IdMapOption.IsIdMap(word))
        {
            return; // MountIdMap's
        }

        if (!MountOptionTable.TryFind(word, out MountOption option))
        {
            Data.Add(word);
            return;
        }

        switch (option.Kind)
        {
            case MountOptionKind.Attribute when option.Recursive:
                RecursiveChange = RecursiveChange.With(option);
                break;
            case MountOptionKind.Attribute:
                Change = Change.With(option);
                break;
            case MountOptionKind.Propagation:
                Propagation = option.Propagation;
                break;
            case MountOptionKind.Superblock:
                Data.Add(word);
                break;
            default:
                TakeKind(option.Kind);
                break;
        }
    }

    private void TakeKind(MountOptionKind kind)
    {
        Bind |= kind is MountOptionKind.Bind or MountOptionKind.RecursiveBind;
        RecursiveBind |= kind == MountOptionKind.RecursiveBind;
        CopyUp |= kind == MountOptionKind.TmpCopyUp;
        Remount |= kind == MountOptionKind.Remount;
    }
}
