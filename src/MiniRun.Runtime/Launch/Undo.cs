using MiniRun.Linux;

namespace MiniRun.Runtime.Launch;

/// <summary>What to take back, newest first, if the work under way fails. The first failure is what is reported; those of the taking back are attached to it.</summary>
internal sealed class Undo
{
    private readonly List<Action> _actions = [];

    public void Add(Action action) => _actions.Add(action);

    /// <summary>The work is done: nothing is taken back any more.</summary>
    public void Forget() => _actions.Clear();

    /// <summary>Takes everything back; returns the failure to throw.</summary>
    public Exception After(Exception first)
    {
        if (first is not MiniRunException)
        {
            RunAll(attachTo: null);
            return first;
        }

        LaunchException failure = first as LaunchException ?? new LaunchException(first.Message, first);
        RunAll(failure);
        return failure;
    }

    private void RunAll(LaunchException? attachTo)
    {
        for (int i = _actions.Count - 1; i >= 0; i--)
        {
            try
            {
                _actions[i]();
            }
            catch (MiniRunException e)
            {
                attachTo?.Attach(e.Message);
            }
        }

        _actions.Clear();
    }
}
