namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>What lets a request in. It goes to one origin and to no other, whoever redirects there.</summary>
internal interface IStoreCredential
{
    /// <summary>Scheme, host and port count.</summary>
    Uri Origin { get; }

    void ApplyTo(HttpRequestMessage message);

    /// <summary>Whether another try may now succeed: a registry says only with its refusal where a token is to be had.</summary>
    Task<bool> AnswerAsync(HttpResponseMessage refusal, CancellationToken cancellationToken) => Task.FromResult(false);
}
