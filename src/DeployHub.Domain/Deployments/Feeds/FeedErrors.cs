namespace DeployHub.Domain.Deployments.Feeds;

/// <summary>Every way a calendar feed says no.</summary>
public static class FeedErrors
{
    public static readonly Error NoFeed = new(ErrorKind.Conflict, "feed.none", "You have no calendar address that could be ended.");

    public static readonly Error OfPeople =
        new(ErrorKind.Forbidden, "feed.of-people", "Only a person has a calendar address of their own; programs read the calendar by the API.") { WhoCould = "a person who signed in" };

    public static readonly Error ByToken =
        new(ErrorKind.Forbidden, "feed.by-token", "A token does not make calendar addresses: sign in, and make yours on the page of your account.") { WhoCould = "you, once you have signed in" };
}
