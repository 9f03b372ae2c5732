using System.Text;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Signing.Sigstore;

namespace DeployHub.Features.Inventory.Signing.Sigstore;

/// <summary>
/// Whether a bundle's signature counts, without a network: by a trusted key in PEM, or by a certificate that an authority of a trusted root gave
/// to one of the identities asked for, while it was valid, as a log and time stamps show (docs.sigstore.dev, “Verifying a bundle”).
/// </summary>
internal sealed class BundleRules(SigstoreBundle bundle, Trust trust)
{
    public Result<Signer> Signer(SignedContent content)
    {
        var roots = trust.Keys.Where(key => key.Kind is TrustedKeyKind.SigstoreRoot).ToList();
        var usable = roots.Where(root => trust.ObjectionTo(root) is null)
            .Select(root => (Trusted: root, Root: SigstoreTrustedRoot.Parse(Encoding.UTF8.GetBytes(root.PublicKey)))).Where(root => root.Root.Error is null).Select(root => (root.Trusted, Root: root.Root.Value)).ToList();
        if (bundle.Certificate is null) return ByKey(content, usable.ConvertAll(root => root.Root));

        if (roots.Count == 0) return Refused("root", "was made with a certificate, and no Sigstore root is trusted here. Register the trusted_root.json of the instance that gave it.");
        if (usable.Count == 0) return Refused("key-not-valid", $"does not count: {trust.ObjectionTo(roots[0])}.");
        if (SignerCertificate.Read(bundle.Certificate) is not { } certificate) return Refused("certificate", "has a certificate that cannot be read. Sign again.");
        using (certificate)
        {
            var attempts = usable.ConvertAll(root => ByCertificate(certificate, content, root.Trusted, root.Root));
            if (attempts.Find(attempt => attempt.Error is null) is { } counted) return counted;

            // The root of the instance that made the bundle has the say: what others lack says nothing.
            var own = usable.FindIndex(root => bundle.LogEntries.All(entry => LogRules.LogOf(entry, root.Root) is not null));
            return attempts[Math.Max(own, 0)];
        }
    }

    /// <summary>Where a root knows the log, the log has to hold it; a key is trusted without one, too.</summary>
    private Result<Signer> ByKey(SignedContent content, List<SigstoreTrustedRoot> roots)
    {
        var keys = PemKeys.Of(trust);
        if (keys.Error is { } refusal) return refusal;
        var (signer, signature) = keys.Value.Select(key => (Signer: key, Signature: content.MadeBy(key.Key))).FirstOrDefault(made => made.Signature is not null);
        if (signer is null) return PemKeys.NoneMade(keys.Value, content.Message);

        var times = new List<DateTimeOffset>();
        var looked = new List<(LogEntry Entry, LogRules Log)>();
        foreach (var entry in bundle.LogEntries)
        {
            if (roots.Find(root => LogRules.LogOf(entry, root) is not null) is not { } root) continue;
            var log = new LogRules(root, bundle.Version);
            var logged = log.Look(entry, content, signature!, signer.Key.Info);
            if (logged.Error is { } doubt) return doubt;
            if (logged.Value is { } promised) times.Add(promised);
            looked.Add((entry, log));
        }

        foreach (var (entry, log) in looked)
            if (log.ObjectionToPeriod(entry, times.Count > 0 ? times : [trust.At]) is { } untrusted) return untrusted;
        return new Signer(signer.Trusted, $"{signer.Key.Algorithm} {signer.Trusted.Fingerprint}", times.Count > 0 ? times[0] : null, null);
    }

    private Result<Signer> ByCertificate(SignerCertificate certificate, SignedContent content, TrustedKey trusted, SigstoreTrustedRoot root)
    {
        if (content.MadeBy(certificate.Key) is not { } signature)
            return content.Message.IsTooLongFor(certificate.Key) ? SignedMessage.TooLong : Refused("wrong", $"does not fit: the content is not what {certificate.Subject} signed. Sign exactly these bytes.");
        if (!certificate.ComesFrom(root)) return Refused("certificate", "was made with a certificate that no authority of the trusted root gave for signing code. Register the trusted_root.json of the instance that gave it, or sign again.");
        var times = Times(certificate, content, signature, root);
        if (times.Error is { } doubt) return doubt;

        foreach (var at in times.Value)
            if (certificate.ObjectionAt(at, root) is { } objection) return Refused("certificate", objection);
        if (certificate.ObjectionToLogging(times.Value[0], root) is { } unlogged) return Refused("sct", unlogged);
        if (!trust.Identities.Any(identity => identity.IsMetBy(certificate.Subject, certificate.IsUri, certificate.Issuer)))
            return Refused("identity", $"was made by {certificate.Subject}, known to {certificate.Issuer}, which is none of the identities that the check names. Name it there if it is right, or sign as one that is.");

        return new Signer(trusted, $"{certificate.Subject}, known to {certificate.Issuer}, logged as {Words.List(bundle.LogEntries.Select(entry => $"{entry.ProvenIndex}"))}", times.Value.Min(), null, certificate.Source);
    }

    /// <summary>Every time that somebody trusted says; each has to lie within the certificate's. At least one, and at least one log entry.</summary>
    private Result<IReadOnlyList<DateTimeOffset>> Times(SignerCertificate certificate, SignedContent content, byte[] signature, SigstoreTrustedRoot root)
    {
        if (bundle.LogEntries.Count == 0) return Refused("log", "was made with a certificate, and no log holds it. Sign again with a transparency log.");

        var times = new List<DateTimeOffset>();
        var logs = new LogRules(root, bundle.Version);
        foreach (var entry in bundle.LogEntries)
        {
            var logged = logs.Look(entry, content, signature, certificate.Bytes);
            if (logged.Error is { } doubt) return doubt;
            if (logged.Value is { } at) times.Add(at);
        }

        foreach (var answer in bundle.Timestamps)
        {
            var stamped = TimeStamp.Verify(answer, signature, root.TimeAuthorities);
            if (stamped.Error is { } doubt) return doubt;
            times.Add(stamped.Value);
        }

        if (times.Count == 0) return Refused("time", "says by nobody who is trusted when it was made, and its certificate lived for minutes only. Sign again with a log that promises its time, or with a time stamp (RFC 3161).");
        if (times.Find(at => at > trust.At + OpenPgpRules.ClockSkew) is { Year: > 1 } future) return Refused("time", $"was made on {future:u}, which is still to come. Set the clocks right and sign again.");
        foreach (var entry in bundle.LogEntries)
            if (logs.ObjectionToPeriod(entry, times) is { } untrusted) return untrusted;
        return times;
    }

    private static Error Refused(string rule, string sentence) => DetachedSignature.Refusal(rule, sentence);
}
