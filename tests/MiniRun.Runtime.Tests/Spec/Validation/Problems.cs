using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

/// <summary>A valid document changed in one place, and what is said about it.</summary>
internal static class Problems
{
    public static IReadOnlyList<string> Of(Func<RuntimeSpec, RuntimeSpec> change) => SpecValidator.Validate(change(DefaultSpec.Rootful()));

    public static IReadOnlyList<string> OfProcess(Func<ProcessSpec, ProcessSpec> change) => Of(spec => spec with { Process = change(spec.Process!) });

    public static IReadOnlyList<string> OfLinux(Func<LinuxSpec, LinuxSpec> change) => Of(spec => spec with { Linux = change(spec.Linux) });

    public static IReadOnlyList<string> OfResources(ResourcesSpec resources) => OfLinux(linux => linux with { Resources = resources });

    public static IReadOnlyList<string> OfMount(MountSpec mount) => Of(spec => spec with { Mounts = [mount] });

    /// <summary>The default namespaces without some and with some.</summary>
    public static LinuxSpec Namespaces(LinuxSpec linux, NamespaceType[] without, params NamespaceSpec[] with) =>
        linux with { Namespaces = [.. linux.Namespaces.Where(n => !without.Contains(n.Type)), .. with] };
}
