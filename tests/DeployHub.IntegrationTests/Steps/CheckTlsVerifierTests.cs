using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>Real handshakes with a server whose certificate is issued by an authority of the test's own.</summary>
public sealed class CheckTlsVerifierTests : ExecutorContract
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private X509Certificate2 _authority = null!;
    private X509Certificate2 _certificate = null!;

    protected override AfterLoss AfterLoss => AfterLoss.RunAgain;

    protected override StepSettings Working => Check();

    protected override (StepSettings, string[])? Failing => (Check() with { ServerName = "bank.test" }, ["is not as it must be: it is not for bank.test"]);

    protected override (StepSettings, string?)? Endless => null;

    protected override StepSettings? Telling => null;

    [Fact]
    public async Task Its_name_dates_fingerprint_and_protocol_are_evidence()
    {
        var evidence = await SucceedsAsync(Check());

        evidence["Certificate"].ShouldBe("CN=shop.test, issued by CN=Test authority");
        evidence["Fingerprint"].ShouldBe($"sha256:{_certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()}");
        evidence["Protocol"].ShouldStartWith("Tls1");
    }

    [Fact]
    public async Task One_that_ends_soon_ended_or_has_not_begun_is_told_with_its_dates()
    {
        (await FailsAsync(Check() with { ValidFor = "60d" })).Reason.ShouldContain("in less than 60d: renew it first");

        Show(-10, -1);
        (await FailsAsync(Check())).Reason.ShouldContain("it expired on ");
        Show(1, 30);
        (await FailsAsync(Check())).Reason.ShouldContain("it is valid only from ");
    }

    [Fact]
    public async Task One_that_nobody_trusted_issued_is_refused_with_everything_else_that_is_wrong()
    {
        Show(-10, 2);

        var reason = (await FailsAsync(new CheckTls(Address, "bank.test"))).Reason;
        reason.ShouldContain("it is not for bank.test");
        reason.ShouldContain("nobody trusted has issued it");
        reason.ShouldContain("renew it first");
    }

    [Fact]
    public async Task What_speaks_no_TLS_is_said_and_an_authority_that_is_none_too()
    {
        await using var plain = new TestHttp(_ => Task.FromResult((200, "hello")));

        (await FailsAsync(new CheckTls($"127.0.0.1:{plain.Port}"))).Reason.ShouldContain("does not speak TLS");
        (await FailsAsync(Check() with { Authority = "mine" })).Reason.ShouldContain("authority holds no certificate");
        (await FailsAsync(new CheckTls($"127.0.0.1:{FreePort.Next()}"))).Reason.ShouldContain("refused");
    }

    protected override Task PrepareAsync()
    {
        var request = new CertificateRequest("CN=Test authority", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-400), DateTimeOffset.UtcNow.AddDays(400));
        Show(-10, 30);
        _listener.Start();
        _ = ServeAsync();
        return Task.CompletedTask;
    }

    protected override Task CleanUpAsync()
    {
        _listener.Dispose();
        _certificate.Dispose();
        _authority.Dispose();
        _key.Dispose();
        return Task.CompletedTask;
    }

    private string Address => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    private CheckTls Check() => new(Address, "shop.test", Authority: _authority.ExportCertificatePem());

    /// <summary>A certificate that is valid from one day to the other, counted from today.</summary>
    private void Show(int from, int to)
    {
        var request = new CertificateRequest("CN=shop.test", _key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("shop.test");
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_authority, DateTimeOffset.UtcNow.AddDays(from), DateTimeOffset.UtcNow.AddDays(to), RandomNumberGenerator.GetBytes(8));
        _certificate = issued.CopyWithPrivateKey(_key);
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(_certificate);
                await tls.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false);
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client did not like it.
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }
}
