using DeployHub.Domain.Models.InWords;

namespace DeployHub.Domain.Models.Comparing;

/// <summary>What a plan may change now, and could before.</summary>
internal static class ParameterChanges
{
    public static IEnumerable<ModelChange> Of(IReadOnlyList<Parameter> was, IReadOnlyList<Parameter> now)
    {
        var pairing = Pairing.Of(was, now, parameter => parameter.Name, Members.AreAlike);
        foreach (var gone in pairing.Removed) yield return Change(was[gone], null, ChangeKind.Removed, $"parameter {was[gone].Name} is gone: no plan can give it a value any more");
        for (var place = 0; place < now.Count; place++)
        {
            var parameter = now[place];
            if (pairing.FormerOf(place) is not { } former)
            {
                yield return Change(parameter, null, ChangeKind.Added, $"new parameter {parameter.Name}") with { Detail = ModelInWords.Of(parameter) };
                continue;
            }

            if (was[former].Name != parameter.Name) yield return Change(parameter, "name", ChangeKind.Changed, $"parameter {was[former].Name} is now called {parameter.Name}", was[former].Name, parameter.Name);
            if (pairing.Moved.Contains(place)) yield return Change(parameter, null, ChangeKind.Moved, $"parameter {parameter.Name} has another place in the list");
            foreach (var member in Members.Compare(MembersOf(was[former]), MembersOf(parameter)))
                yield return Change(parameter, member.Member, member.Kind, $"parameter {parameter.Name}: {member.Text}", member.Was, member.Now);
        }
    }

    private static System.Text.Json.Nodes.JsonObject MembersOf(Parameter parameter) => Members.Of(parameter, "name");

    private static ModelChange Change(Parameter parameter, string? member, ChangeKind kind, string sentence, string? was = null, string? now = null) =>
        new(new ChangePlace(ModelPart.Parameters, parameter.Name, member, $"parameters.{parameter.Name}{(member is null ? "" : $".{member}")}"), kind, sentence, was, now);
}
