namespace MiniRun.Engine.Build.Copying;

/// <summary>Is shown a tree: each folder before and after what is in it.</summary>
internal interface ITreeVisitor
{
    void Enter(SourceEntry folder);

    void Leave(SourceEntry folder);

    /// <summary>Anything that is no folder.</summary>
    void Visit(SourceEntry entry);
}
