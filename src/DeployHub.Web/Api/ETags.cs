using DeployHub.Domain;
using DeployHub.Features.Pipeline;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DeployHub.Web.Api;

/// <summary>
/// Two people editing at once. A single GET tells the row version as <c>ETag</c>; an edit sends it back as <c>If-Match</c> and is answered
/// 412 when somebody was quicker. An endpoint takes <c>[FromHeader(Name = ETags.IfMatch)] IfMatch? ifMatch</c> and passes
/// <c>ifMatch?.Seen</c> to its command.
/// </summary>
internal static class ETags
{
    public const string IfMatch = "If-Match";

    /// <summary>200 with the value and its <c>ETag</c>, or the refusal.</summary>
    public static IResult ToTagged<T>(this Result<T> result, HttpContext http, Func<T, uint> version) => result.ToHttp(value =>
    {
        http.Response.Headers.ETag = Of(version(value));
        return TypedResults.Ok(value);
    });

    public static string Of(uint version) => $"\"{version}\"";

    /// <summary>A conflict that the caller had asked to be told about is a failed precondition.</summary>
    public static async ValueTask<object?> PreconditionFailed(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var result = await next(context);
        if (result is not ProblemHttpResult problem || context.HttpContext.Request.Headers.IfMatch.Count == 0) return result;
        if (problem.ProblemDetails.Extensions["code"] as string != Conflicts.ChangedMeanwhile.Code) return result;

        problem.ProblemDetails.Status = StatusCodes.Status412PreconditionFailed;
        return TypedResults.Problem(problem.ProblemDetails);
    }
}

/// <summary>The <c>If-Match</c> header.</summary>
/// <param name="Seen">The row version the caller looked at; null for <c>*</c>, which any version matches.</param>
internal readonly record struct IfMatch(uint? Seen)
{
    /// <summary>Never refuses: a tag that is none of ours matches no version, which is what the header asks for.</summary>
    public static bool TryParse(string? text, out IfMatch ifMatch)
    {
        var tag = text?.Trim().Trim('"');
        ifMatch = new IfMatch(tag is "*" ? null : uint.TryParse(tag, out var seen) ? seen : 0);
        return true;
    }
}
