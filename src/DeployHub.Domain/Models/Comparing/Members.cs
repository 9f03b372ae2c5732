using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Comparing;

/// <summary>A member that is not what it was.</summary>
/// <param name="Member">As the document names it, such as <c>expectStatus</c> or <c>environment.PORT</c>.</param>
/// <param name="Text">What is to be said of it, such as <c>expect status 200 → 204</c>.</param>
internal sealed record MemberChange(string Member, ChangeKind Kind, string Text, string? Was = null, string? Now = null);

/// <summary>Compares whatever a document says member by member, knowing nothing of what they mean.</summary>
internal static class Members
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() } };

    /// <summary>By its own type, so that the name of its kind is none of them.</summary>
    public static JsonObject Of(object value, params string[] except)
    {
        var members = JsonSerializer.SerializeToNode(value, value.GetType(), Options)!.AsObject();
        foreach (var name in except) members.Remove(name);
        return members;
    }

    /// <summary>They mean the same but for their names.</summary>
    public static bool AreAlike<T>(T one, T other) where T : notnull => JsonNode.DeepEquals(Of(one, "name"), Of(other, "name"));

    public static IEnumerable<MemberChange> Compare(JsonObject was, JsonObject now) => Compare("", "", was, now);

    private static IEnumerable<MemberChange> Compare(string path, string words, JsonObject was, JsonObject now) =>
        now.Select(member => member.Key).Union(was.Select(member => member.Key)).SelectMany(name => Compare(path + name, words + Shown.Name(name, isOfDocument: words.Length == 0), was[name], now[name]));

    private static IEnumerable<MemberChange> Compare(string path, string words, JsonNode? was, JsonNode? now)
    {
        if (JsonNode.DeepEquals(was, now)) return [];
        return (was, now) switch
        {
            (JsonObject or null, JsonObject or null) => Inside(path, words, was as JsonObject, now as JsonObject),
            (JsonArray or null, JsonArray or null) => Listed(path, words, was as JsonArray ?? new JsonArray(), now as JsonArray ?? new JsonArray()),
            _ => [Value(path, words, was, now)],
        };
    }

    private static IEnumerable<MemberChange> Inside(string path, string words, JsonObject? was, JsonObject? now)
    {
        if (was is null || now is null) yield return new MemberChange(path, now is null ? ChangeKind.Removed : ChangeKind.Added, now is null ? $"{words} is not given any more" : $"{words} is given now");
        foreach (var member in Compare($"{path}.", $"{words} ", was ?? new JsonObject(), now ?? new JsonObject())) yield return member;
    }

    private static IEnumerable<MemberChange> Listed(string path, string words, JsonArray was, JsonArray now) =>
        was.Concat(now).All(item => item is JsonObject) && was.Count + now.Count > 0 ? Items(path, words, was, now) : [Texts(path, words, was, now)];

    /// <summary>Records in a list are told apart by the first text in them: a name, a file, an address.</summary>
    private static IEnumerable<MemberChange> Items(string path, string words, JsonArray was, JsonArray now)
    {
        var (before, after) = (was.Select(item => item!.AsObject()).ToList(), now.Select(item => item!.AsObject()).ToList());
        var pairing = Pairing.Of(before, after, NameOf);
        foreach (var gone in pairing.Removed) yield return new MemberChange($"{path}[{gone}]", ChangeKind.Removed, $"{words}: “{NameOf(before[gone])}” is gone");
        foreach (var place in Enumerable.Range(0, after.Count))
        {
            var name = NameOf(after[place]);
            if (pairing.FormerOf(place) is not { } former)
            {
                yield return new MemberChange($"{path}[{place}]", ChangeKind.Added, $"{words}: new “{name}”");
                continue;
            }

            if (pairing.Moved.Contains(place)) yield return new MemberChange($"{path}[{place}]", ChangeKind.Moved, $"{words}: “{name}” has another place");
            foreach (var member in Compare($"{path}[{place}].", $"{words} “{name}” ", before[former], after[place])) yield return member;
        }
    }

    private static string NameOf(JsonObject item) => item.Select(member => member.Value).OfType<JsonValue>().Select(value => value.TryGetValue<string>(out var text) ? text : null).FirstOrDefault(text => text is not null) ?? "";

    private static MemberChange Texts(string path, string words, JsonArray was, JsonArray now)
    {
        var (before, after) = (was.Select(Shown.Value).ToList(), now.Select(Shown.Value).ToList());
        var (earlier, later) = (Shown.List(before), Shown.List(after));
        if (earlier.Length + later.Length <= Shown.LongestShown * 2) return new MemberChange(path, ChangeKind.Changed, $"{words} {earlier} → {later}", earlier, later);

        var (gained, lost) = (after.Except(before).ToList(), before.Except(after).ToList());
        var said = (gained.Count, lost.Count) switch
        {
            (0, 0) => "have another order",
            (_, 0) => $"gained {Shown.List(gained)}",
            (0, _) => $"lost {Shown.List(lost)}",
            _ => $"gained {Shown.List(gained)} and lost {Shown.List(lost)}",
        };
        return new MemberChange(path, ChangeKind.Changed, $"{words} {said}", earlier, later);
    }

    private static MemberChange Value(string path, string words, JsonNode? was, JsonNode? now)
    {
        var (earlier, later) = (Shown.Value(was), Shown.Value(now));
        var text = (was, now) switch
        {
            (null, _) => $"{words} is now {Shown.Shortened(later)} (was not set)",
            (_, null) => $"{words} is not set any more (was {Shown.Shortened(earlier)})",
            _ when Shown.IsLong(earlier) || Shown.IsLong(later) || earlier == later => $"{words} was rewritten",
            _ => $"{words} {earlier} → {later}",
        };
        return new MemberChange(path, ChangeKind.Changed, text, was is null ? null : earlier, now is null ? null : later);
    }
}
