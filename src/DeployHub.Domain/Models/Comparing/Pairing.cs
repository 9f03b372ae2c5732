namespace DeployHub.Domain.Models.Comparing;

/// <summary>Which item of a list is which of another: by its name, and what is left by being alike but for the name.</summary>
internal sealed class Pairing
{
    private readonly Dictionary<int, int> _formers = [];

    private Pairing() { }

    /// <summary>Places in the earlier list of what has no successor.</summary>
    public IReadOnlyList<int> Removed { get; private set; } = [];

    /// <summary>Places in the later list of what came to another place among those that stayed; as few as explain the order.</summary>
    public IReadOnlySet<int> Moved { get; private set; } = new HashSet<int>();

    /// <summary>Where in the earlier list the item at this place of the later one was; null when it is new.</summary>
    public int? FormerOf(int place) => _formers.TryGetValue(place, out var former) ? former : null;

    public static Pairing Of<T>(IReadOnlyList<T> was, IReadOnlyList<T> now, Func<T, string> name, Func<T, T, bool>? areAlike = null)
    {
        var pairing = new Pairing();
        pairing.PairUp(was, now, (former, successor) => name(former) == name(successor));
        if (areAlike is not null) pairing.PairUp(was, now, areAlike);
        pairing.Removed = [.. Enumerable.Range(0, was.Count).Except(pairing._formers.Values)];
        pairing.Moved = pairing.OutOfOrder();
        return pairing;
    }

    private void PairUp<T>(IReadOnlyList<T> was, IReadOnlyList<T> now, Func<T, T, bool> belong)
    {
        var free = Enumerable.Range(0, was.Count).Except(_formers.Values).ToList();
        foreach (var place in Enumerable.Range(0, now.Count).Where(place => !_formers.ContainsKey(place)))
            if (free.FindIndex(former => belong(was[former], now[place])) is var found and >= 0)
            {
                _formers[place] = free[found];
                free.RemoveAt(found);
            }
    }

    /// <summary>Everything but a longest run of items that follow each other as before.</summary>
    private HashSet<int> OutOfOrder()
    {
        var places = _formers.Keys.Order().ToList();
        var (lengths, befores) = (new int[places.Count], new int[places.Count]);
        for (var i = 0; i < places.Count; i++)
        {
            befores[i] = Enumerable.Range(0, i).Where(j => _formers[places[j]] < _formers[places[i]]).OrderByDescending(j => lengths[j]).FirstOrDefault(-1);
            lengths[i] = befores[i] < 0 ? 1 : lengths[befores[i]] + 1;
        }

        var moved = places.ToHashSet();
        for (var last = places.Count == 0 ? -1 : Array.IndexOf(lengths, lengths.Max()); last >= 0; last = befores[last]) moved.Remove(places[last]);
        return moved;
    }
}
