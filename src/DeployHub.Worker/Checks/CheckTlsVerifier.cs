using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Worker.Steps;

namespace DeployHub.Worker.Checks;

/// <summary>Looks at the certificate whether the handshake goes well or not, so that all that is wrong is told at once.</summary>
internal sealed class CheckTlsVerifier(TimeProvider clock) : StepExecutor<CheckTls>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    protected override async Task<StepOutcome> ExecuteAsync(CheckTls settings, StepContext context, CancellationToken cancellationToken)
    {
        if (HostAndPort.Parse(settings.Address, 443) is not { } address) return new StepOutcome.Failed($"“{settings.Address}” is no address: write a host and a port, such as shop.example.com:443.");

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        try
        {
            return await ShakeHandsAsync(address, settings, context, limit.Token);
        }
        catch (Exception exception) when (exception is SocketException or IOException or AuthenticationException)
        {
            return Failed($"{address} does not speak TLS 1.2 or 1.3 with us: {(exception.InnerException ?? exception).Message}");
        }
        catch (CryptographicException)
        {
            return new StepOutcome.Failed("authority holds no certificate: write it as PEM, beginning with -----BEGIN CERTIFICATE-----.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"{address} gave no answer in {Limit.TotalSeconds:0} s.");
        }
    }

    private async Task<StepOutcome> ShakeHandsAsync(HostAndPort address, CheckTls settings, StepContext context, CancellationToken cancellationToken)
    {
        var (name, wrong, shown) = (settings.ServerName ?? address.Host, new List<string>(), (byte[]?)null);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, cancellationToken);
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = name,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = PolicyOf(settings.Authority),
                RemoteCertificateValidationCallback = (_, seen, chain, errors) =>
                {
                    shown = seen?.Export(X509ContentType.Cert);
                    wrong.AddRange(Objections(name, chain, errors));
                    return errors is SslPolicyErrors.None;
                },
            }, cancellationToken);
        }
        catch (AuthenticationException) when (shown is not null)
        {
            // What is wrong with it is known.
        }

        if (shown is null) return Failed($"{address} shows no certificate.");

        using var certificate = X509CertificateLoader.LoadCertificate(shown);
        wrong.AddRange(Validity(certificate, settings.ValidFor));
        if (wrong.Count == 0 && !tls.IsAuthenticated) wrong.Add("one of those that issued it is not valid now");
        var evidence = EvidenceOf(certificate, tls);
        foreach (var (what, value) in evidence) context.Log.Write(LogStream.Out, $"{what}: {value}");
        return wrong.Count == 0 ? new StepOutcome.Succeeded(evidence) : Failed($"The certificate of {address} is not as it must be: {string.Join("; ", wrong.Distinct())}.") with { Evidence = evidence };
    }

    private static IReadOnlyList<Evidence> EvidenceOf(X509Certificate2 certificate, SslStream tls) =>
    [
        new("Certificate", Printable.Of($"{certificate.Subject}, issued by {certificate.Issuer}")),
        new("Valid", $"{certificate.NotBefore.ToUniversalTime():u} to {certificate.NotAfter.ToUniversalTime():u}"),
        new("Fingerprint", $"sha256:{certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant()}"),
        .. tls.IsAuthenticated ? [new Evidence("Protocol", $"{tls.SslProtocol}, {tls.NegotiatedCipherSuite}")] : Array.Empty<Evidence>(),
    ];

    private static X509ChainPolicy PolicyOf(string? authority)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (authority is null) return policy;

        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.ImportFromPem(authority);
        return policy.CustomTrustStore.Count > 0 ? policy : throw new CryptographicException("No certificate.");
    }

    private static IEnumerable<string> Objections(string name, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) yield return $"it is not for {name}";
        foreach (var status in errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? chain?.ChainStatus ?? [] : [])
            if (status.Status is not X509ChainStatusFlags.NotTimeValid) // told with its dates below
                yield return status.Status is X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.PartialChain ? "nobody trusted has issued it" : status.StatusInformation.Trim().TrimEnd('.');
    }

    private IEnumerable<string> Validity(X509Certificate2 certificate, string validFor)
    {
        var (now, begin, end) = (clock.GetUtcNow(), new DateTimeOffset(certificate.NotBefore), new DateTimeOffset(certificate.NotAfter));
        if (now < begin) yield return $"it is valid only from {begin.ToUniversalTime():u} on";
        if (now > end) yield return $"it expired on {end.ToUniversalTime():u}";
        else if (now + Duration.Of(validFor) > end) yield return $"it expires on {end.ToUniversalTime():u}, in less than {validFor}: renew it first";
    }

    private static StepOutcome.Failed Failed(string reason) => new(reason, HaltCause.HealthCheckFailed);
}
