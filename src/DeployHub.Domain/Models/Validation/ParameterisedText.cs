namespace DeployHub.Domain.Models.Validation;

/// <summary>Reads what a model may write as a value or as <c>${parameter.name}</c>, with the parameters' defaults.</summary>
internal static class ParameterisedText
{
    public static Result<Share> ShareIn(this ModelContent model, string text, int atLeast)
    {
        var share = model.Read(text, Share.Parse);
        return share.Error is null && share.Value.Number < atLeast ? new Error(ErrorKind.Invalid, "share.too-small", $"“{text}” must be at least {atLeast}.") : share;
    }

    public static Result<TimeSpan> DurationIn(this ModelContent model, string text) => model.Read(text, Duration.Parse);

    public static Result<TargetChoice> TargetsIn(this ModelContent model, string text) => model.Read(text, TargetChoice.Parse);

    private static Result<T> Read<T>(this ModelContent model, string text, Func<string, Result<T>> parse) =>
        model.StrangeNameIn(text) is { } strange ? new Error(ErrorKind.Invalid, "template.strange-name", strange) : parse(model.WithDefaults(text));

    private static string? StrangeNameIn(this ModelContent model, string text)
    {
        foreach (var name in Template.NamesIn(text))
        {
            if (!name.StartsWith("parameter.", StringComparison.Ordinal)) return $"Only parameters can be used here, not ${{{name}}}.";
            var known = model.Parameters.Select(parameter => parameter.Name);
            if (name["parameter.".Length..] is var parameter && !known.Contains(parameter)) return $"There is no parameter {parameter}.{NearNames.Question(parameter, known)}";
        }

        return null;
    }
}
