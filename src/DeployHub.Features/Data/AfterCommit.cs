namespace DeployHub.Features.Data;

/// <summary>What to do once the transaction stands, such as ringing for due work. Correctness never rests on it: a process may die before.</summary>
public sealed class AfterCommit
{
    private readonly List<Action> _actions = [];

    public void Add(Action action) => _actions.Add(action);

    /// <summary>Of a transaction that came to nothing.</summary>
    internal void Forget() => _actions.Clear();

    internal void Run()
    {
        Action[] actions = [.. _actions];
        _actions.Clear();
        foreach (var action in actions) action();
    }
}
