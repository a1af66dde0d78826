using System.Globalization;

namespace MiniRun.Engine.Options;

/// <summary>--restart: whether a container's program is started again after its end.</summary>
/// <param name="Condition">When.</param>
/// <param name="MaximumRetries">With on-failure: how often at most; 0 is no limit.</param>
public readonly record struct RestartPolicy(RestartCondition Condition, int MaximumRetries = 0)
{
    /// <summary>The policy's word, as `inspect` shows it.</summary>
    public string Name => Condition switch
    {
        RestartCondition.OnFailure => "on-failure",
        RestartCondition.Always => "always",
        RestartCondition.UnlessStopped => "unless-stopped",
        _ => "no",
    };

    /// <exception cref="OptionException">There is no such policy, or its count is wrong.</exception>
    public static RestartPolicy Parse(string text, string option)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        RestartCondition condition = (colon < 0 ? text : text[..colon]) switch
        {
            "" or "no" => RestartCondition.No,
            "on-failure" => RestartCondition.OnFailure,
            "always" => RestartCondition.Always,
            "unless-stopped" => RestartCondition.UnlessStopped,
            _ => throw new OptionException(option, text, "there are no, on-failure[:COUNT], always and unless-stopped"),
        };
        if (colon < 0)
        {
            return new RestartPolicy(condition);
        }

        if (condition != RestartCondition.OnFailure)
        {
            throw new OptionException(option, text, "maximum retry count can only be used with 'on-failure'");
        }

        return int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? new RestartPolicy(condition, count)
            : throw new OptionException(option, text, "maximum retry count must be a whole number that is not negative");
    }

    /// <summary>Whether a program that ended so is started again.</summary>
    /// <param name="status">Its exit status.</param>
    /// <param name="restarts">How often it was started again already.</param>
    public bool Wants(int status, int restarts) => Condition switch
    {
        RestartCondition.Always or RestartCondition.UnlessStopped => true,
        RestartCondition.OnFailure => status != 0 && (MaximumRetries == 0 || restarts < MaximumRetries),
        _ => false,
    };

    /// <summary>As it is written on a command line.</summary>
    public override string ToString() => MaximumRetries > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Name}:{MaximumRetries}") : Name;
}
