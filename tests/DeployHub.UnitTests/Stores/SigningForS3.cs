using DeployHub.Worker.Artefacts.Stores;
using Microsoft.Extensions.Time.Testing;

namespace DeployHub.UnitTests.Stores;

/// <summary>The examples of Amazon's documentation, “Signature Calculations for the Authorization Header”.</summary>
public sealed class SigningForS3
{
    [Theory]
    [InlineData("?lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("?max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void A_request_is_signed_as_the_documentation_signs_it(string query, string signature)
    {
        var bucket = new Uri("https://examplebucket.s3.amazonaws.com/");
        var clock = new FakeTimeProvider(new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero));
        using var message = new HttpRequestMessage(HttpMethod.Get, new Uri(bucket, query));

        new SignatureV4(bucket, "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", null, "us-east-1", clock).ApplyTo(message);

        message.Headers.GetValues("Authorization").Single().ShouldBe(
            $"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;x-amz-content-sha256;x-amz-date,Signature={signature}");
    }
}
