using System.Collections;

namespace DeployHub.Domain;

/// <summary>The legal moves of one state machine, one row of the specification a row. Guards are methods of the aggregate.</summary>
/// <param name="noun">What moves; names the refusal: <c>{noun}.cannot-move</c>.</param>
public sealed class StateTable<TStatus, TTrigger>(string noun) : IEnumerable<(TStatus From, TTrigger On, TStatus To)>
    where TStatus : struct, Enum
    where TTrigger : struct, Enum
{
    private readonly Dictionary<(TStatus From, TTrigger On), TStatus> _moves = [];

    public void Add(TStatus from, TTrigger on, TStatus to) => _moves.Add((from, on), to);

    /// <summary>Where the move leads, or the refusal <c>{noun}.cannot-move</c>.</summary>
    public Result<TStatus> Next(TStatus from, TTrigger on) =>
        _moves.TryGetValue((from, on), out var to)
            ? to
            : new Error(ErrorKind.Conflict, $"{noun}.cannot-move", $"A {noun} in state {from} cannot {Words.Of(on)}.");

    public bool Allows(TStatus from, TTrigger on) => _moves.ContainsKey((from, on));

    /// <summary>True when no move leads out of the state.</summary>
    public bool IsFinal(TStatus status) => !_moves.Keys.Any(move => move.From.Equals(status));

    public IEnumerator<(TStatus From, TTrigger On, TStatus To)> GetEnumerator() =>
        _moves.Select(move => (move.Key.From, move.Key.On, move.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
