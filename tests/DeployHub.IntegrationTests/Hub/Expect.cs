using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DeployHub.Domain;

namespace DeployHub.IntegrationTests.Hub;

/// <summary>What a test expects of an answer, with the refusal's own sentence in the failure.</summary>
public static class Expect
{
    public static void Done(this Result result) => result.Error.ShouldBeNull(result.Error?.Message);

    public static T Done<T>(this Result<T> result)
    {
        result.Error.ShouldBeNull(result.Error?.Message);
        return result.Value;
    }

    public static Error Refused(this Result result, string code) => Refused(result.Error, code);

    public static Error Refused<T>(this Result<T> result, string code) => Refused(result.Error, code);

    /// <summary>The JSON of a successful answer.</summary>
    public static async Task<JsonElement> Json(this Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        answer.IsSuccessStatusCode.ShouldBeTrue($"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}{FaultOf(answer)}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The problem details of an answer with this status and code.</summary>
    public static async Task<JsonElement> Problem(this Task<HttpResponseMessage> asked, HttpStatusCode status, string code)
    {
        using var answer = await asked;
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, $"{body}{FaultOf(answer)}");
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", body);
        var problem = JsonSerializer.Deserialize<JsonElement>(body);
        problem.GetProperty("code").GetString().ShouldBe(code);
        return problem;
    }

    /// <summary>What was thrown, where the hub answered 500.</summary>
    public static string FaultOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues(TellingFaults.Header, out var faults) ? $"\n{Uri.UnescapeDataString(faults.Single())}" : "";

    private static Error Refused(Error? error, string code)
    {
        error.ShouldNotBeNull("It was not refused.");
        error.Code.ShouldBe(code, error.Message);
        return error;
    }
}
