namespace MiniRun.Cli.Output.Listings;

/// <summary>What a listing can say of each thing it lists.</summary>
/// <param name="Name">As templates call it: "ID" for {{.ID}}.</param>
/// <param name="Header">Above its column in a table.</param>
/// <param name="Text">What it is; made only where it is asked for.</param>
internal sealed record Field<T>(string Name, string Header, Func<T, string> Text);
