using System.Net;

namespace DeployHub.Worker.Artefacts.Stores;

/// <summary>Why a store does not give what it was asked for: an expected answer of the world, in words that end a sentence.</summary>
/// <param name="status">What it answered, when it did.</param>
/// <param name="isAway">It could not be reached, so nobody can tell what it holds.</param>
internal sealed class StoreRefusedException(string words, HttpStatusCode? status = null, bool isAway = false) : Exception(words)
{
    public bool IsAway => isAway;

    public HttpStatusCode? Status => status;

    /// <summary>The store is there and has no such thing.</summary>
    public bool IsMissing => status is HttpStatusCode.NotFound or HttpStatusCode.Gone;
}

/// <summary>What was read so far cannot be gone on with, because nothing says that it would still be the same content.</summary>
internal sealed class ContentChangedException(string words) : Exception(words);
