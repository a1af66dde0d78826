using MiniRun.Engine.Containers;
using MiniRun.Engine.Images.Store;
using MiniRun.Engine.Inspection;
using MiniRun.Linux;

namespace MiniRun.Engine.Listing;

/// <summary>`minirun ps`: those of all containers that were asked for.</summary>
public sealed class SelectContainers(ContainerFacts facts, Runtime.Lifecycle.Containers runtime)
{
    /// <summary>The containers that were asked for, the newest first.</summary>
    /// <exception cref="MiniRunException">A filter names a container that is not there.</exception>
    public IReadOnlyList<ListedContainer> Select(ContainerSelection selection)
    {
        DateTimeOffset before = Created(selection.Filters.Of("before")) ?? DateTimeOffset.MaxValue;
        DateTimeOffset since = Created(selection.Filters.Of("since")) ?? DateTimeOffset.MinValue;
        bool bounded = selection.Filters.Of("before").Count + selection.Filters.Of("since").Count > 0;
        List<Ancestor> ancestors = [.. selection.Filters.Of("ancestor").Select(FindAncestor)];
        bool all = selection.All || selection.Last is > 0 || selection.Filters.ChoosesStatus;
        List<ListedContainer> chosen = [];
        foreach (ContainerSummary summary in new ListContainers(facts.Store, runtime).List(all))
        {
            ListedContainer container = new(summary, facts);
            DateTimeOffset? created = summary.Record?.Created;
            if ((!bounded || (created < before && created > since))
                && (ancestors.Count == 0 || ancestors.Exists(ancestor => ancestor.IsOf(container)))
                && selection.Filters.Match(container))
            {
                chosen.Add(container);
                if (chosen.Count == selection.Last)
                {
                    break;
                }
            }
        }

        return chosen;
    }

    /// <summary>When the container that a filter points at was made; of several the last counts, as with docker.</summary>
    private DateTimeOffset? Created(IReadOnlyList<string> references) => references is [.., var reference]
        ? facts.Store.Read(facts.Store.Find(reference))?.Created
        : null;

    private Ancestor FindAncestor(string text)
    {
        try
        {
            return new Ancestor(text, new ImageStore(facts.Store.Data).Find(text));
        }
        catch (MiniRunException)
        {
            // As docker: what is no image is nobody's ancestor.
            return new Ancestor(text, null);
        }
    }
}
