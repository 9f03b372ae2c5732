using DeployHub.Domain;

namespace DeployHub.Web.Api;

/// <summary>The one place where a refusal becomes a status code and problem details (RFC 9457).</summary>
internal static class ResultToHttp
{
    public static IResult ToHttp(this Result result) => result.Match(TypedResults.NoContent, Problem);

    public static IResult ToHttp<T>(this Result<T> result, Func<T, IResult> onSuccess) => result.Match(onSuccess, Problem);

    public static IResult Problem(Error error) => Problem(error, StatusOf(error.Kind));

    /// <summary>For the few refusals that HTTP itself has a status for, such as 413.</summary>
    public static IResult Problem(Error error, int status)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = error.Code };
        if (error.WhoCould is { } whoCould) extensions["whoCould"] = whoCould;
        if (error.Fields.Count > 0) extensions["errors"] = error.Fields.ToDictionary(field => CamelCase(field.Key), field => field.Value);

        return TypedResults.Problem(title: error.Message, type: $"urn:deployhub:{error.Code}", statusCode: status, extensions: extensions);
    }

    private static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status409Conflict,
    };

    private static string CamelCase(string path) =>
        string.Join('.', path.Split('.').Select(part => part.Length == 0 ? part : char.ToLowerInvariant(part[0]) + part[1..]));
}
