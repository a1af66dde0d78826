using MiniRun.Runtime.Spec;

namespace MiniRun.Runtime.Tests.Spec.Validation;

public sealed class HookRulesTests
{
    [Fact]
    public void A_hook_has_an_absolute_path_and_some_time()
    {
        IReadOnlyList<string> problems = Problems.Of(spec => spec with { Hooks = new HooksSpec { Poststop = [new("true", [], [], 0)] } });
        Assert.Equal(["hooks.poststop[0].path: \"true\" is not an absolute path", "hooks.poststop[0].timeout: must be more than 0 seconds"], problems);
    }

    [Fact]
    public void Every_kind_may_be_there()
    {
        HookSpec[] hook = [new("/bin/true", ["true"], ["A=b"], 5)];
        Assert.Empty(Problems.Of(spec => spec with
        {
            Hooks = new HooksSpec { Prestart = hook, CreateRuntime = hook, CreateContainer = hook, StartContainer = hook, Poststart = hook, Poststop = hook },
        }));
    }
}
