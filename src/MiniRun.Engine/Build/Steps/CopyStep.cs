using System.Text;
using MiniRun.Engine.Build.Copying;
using MiniRun.Engine.Build.Dockerfiles.Expansion;
using MiniRun.Engine.Build.Dockerfiles.Instructions;
using MiniRun.Engine.Build.Dockerfiles.Source;
using MiniRun.Engine.Build.Dockerfiles.Words;
using MiniRun.Engine.Build.Stages;
using MiniRun.Engine.Options;
using MiniRun.Linux.Interop;

namespace MiniRun.Engine.Build.Steps;

/// <summary>COPY and ADD.</summary>
internal sealed class CopyStep(StepInputs inputs, StageState state, CopyOperands operands, CopySource source, bool isAdd) : IDisposable
{
    private const uint LargestMode = 0xfff; // 07777

    private readonly VariableLookup _variables = inputs.Scope.Lookup(state.Config.Env);
    private readonly List<CopyItem> _items = [];

    /// <param name="history">The instruction's beginning, as the history shows it: "COPY", or with its --from.</param>
    internal StepResult Do(string history)
    {
        string[] names = FindItems();
        string destination = Expand(operands.Destination);
        string? owner = operands.Owner is { } ownerWord ? Expand(ownerWord) : null;
        uint? mode = operands.Mode is { } modeWord ? OptionNumber.ParseOctal(Expand(modeWord), "--chmod", LargestMode) : null;
        var plan = CopyPlan.Of(destination, state.WorkingDirectory, _items.Count);
        string flags = $"{(owner is null ? "" : $" --chown={owner}")}{(mode is null ? "" : $" --chmod={Convert.ToString(mode.Value, 8)}")}";
        StepKey key = state.Key.After(isAdd ? "ADD" : "COPY", plan.Path, plan.IsFolder ? "folder" : "", flags, Digest());
        return LayerStep.Do(inputs.Session, state, key, $"{history}{flags} {string.Join(' ', names)} {destination}", root =>
        {
            using FileDescriptor image = root.Open();
            var rules = new CopyRules(owner is null ? DefaultOwner : ImageOwner.Find(image, owner), mode);
            var copier = new ImageCopier(image, plan, rules);
            foreach (CopyItem item in _items)
            {
                inputs.Session.Cancellation.ThrowIfCancellationRequested();
                item.CopyTo(copier);
            }
        });
    }

    public void Dispose() => _items.ForEach(item => item.Dispose());

    /// <summary>Files of a context become root's; those of images keep their owners.</summary>
    private (uint, uint)? DefaultOwner => source.KeepsOwners ? null : (0, 0);

    private string Expand(SourceWord word) => inputs.Scope.Expander.Expand(word, _variables);

    /// <summary>Opens all sources; the result is their names as the history shows them.</summary>
    private string[] FindItems()
    {
        List<string> names = [];
        foreach (Heredoc heredoc in operands.Heredocs)
        {
            string text = heredoc.Expand ? inputs.Scope.Expander.ExpandText(heredoc.Data, operands.Destination.Offset, _variables) : heredoc.Data;
            _items.Add(new CopyItem.Text(heredoc.Name, Encoding.UTF8.GetBytes(text)));
            names.Add($"<<{heredoc.Name}");
        }

        foreach (SourceWord word in operands.Sources)
        {
            string name = Expand(word);
            names.Add(name);
            if (isAdd && RemoteFile.IsAddress(name))
            {
                _items.Add(RemoteFile.Fetch(inputs.Session, name, Expand(operands.Destination)));
                continue;
            }

            foreach (Place place in new SourceFinder(source).Find(name))
            {
                _items.Add(isAdd && AddedArchive.Is(place) ? new CopyItem.Archive(place) : new CopyItem.Found(place, source.Ignore));
            }
        }

        return [.. names];
    }

    private string Digest()
    {
        using var digest = new TreeDigest(source.KeepsOwners);
        foreach (CopyItem item in _items)
        {
            item.AddTo(digest);
        }

        return digest.Finish();
    }
}
