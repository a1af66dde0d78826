using MiniRun.Engine.Bundles;
using MiniRun.Runtime.Plan;

namespace MiniRun.Engine.Containers;

/// <summary>A plan to print: the steps, which option asked for which, and what this host does not give.</summary>
public sealed record ExplainedPlan(LaunchPlan Plan, OptionOrigins Origins, IReadOnlyList<string> Notes);
