using MiniRun.Linux;
using MiniRun.Runtime;

namespace MiniRun.Engine.Containers;

/// <summary>`minirun rename`.</summary>
public sealed class RenameContainer(ContainerStore store)
{
    /// <param name="reference">The container.</param>
    /// <param name="name">Its new name, checked.</param>
    /// <exception cref="MiniRunException">There is no such container, or another one has the name.</exception>
    public void Rename(string reference, string name)
    {
        ContainerId id = store.Find(reference);
        ContainerRecord record = store.Require(id);
        if (record.Name == name)
        {
            throw new MiniRunException("Renaming a container with the same name as its current name");
        }

        store.Rename(record, name);
        store.Events.Container(record with { Name = name }, "rename", ("oldName", $"/{record.Name}"));
    }
}
