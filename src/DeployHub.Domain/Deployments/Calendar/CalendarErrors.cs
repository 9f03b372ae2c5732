using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Calendar;

/// <summary>Every way windows, freezes and exceptions say no.</summary>
public static class CalendarErrors
{
    public static readonly Error EndsBeforeItStarts = Error.Invalid("recurrence.ends-before-start", "When.End", "It has to end after it starts.");

    public static readonly Error TooLong = Error.Invalid("recurrence.too-long", "When.End", "One time of it may last a year at most.");

    public static readonly Error StartOutOfRange = Error.Invalid("recurrence.start-out-of-range", "When.Start", "Say a start between the years 2000 and 2100.");

    public static readonly Error TooManyExceptions =
        Error.Invalid("recurrence.too-many-exceptions", "When.Except", $"Name at most {Recurrence.MostExceptions} days on which it does not happen.");

    public static readonly Error TimeInRule = Error.Invalid(
        "recurrence.time-in-rule", "When.Rule", "The time of day is said by the start, so the rule may not hold BYHOUR, BYMINUTE or BYSECOND. Define another one for another time of day.");

    public static readonly Error NeverOccurs = Error.Invalid(
        "recurrence.never-occurs", "When.Rule", "By this rule, and without the days left out, it never happens. Look at the days, the months and the end.");

    public static Error ZoneUnknown(string zone) => Error.Invalid(
        "recurrence.zone-unknown", "When.Zone", $"“{zone}” is no time zone. Write its IANA name, such as Europe/Stockholm or America/New_York.");

    public static Error RuleMalformed(string why) => Error.Invalid(
        "recurrence.rule-malformed", "When.Rule", $"The rule cannot be read: {why}. Write it as RFC 5545 has it, such as FREQ=WEEKLY;BYDAY=MO,TU or FREQ=MONTHLY;BYDAY=1MO.");

    public static Error FinerThanADay(string frequency) => Error.Invalid(
        "recurrence.finer-than-a-day", "When.Rule", $"FREQ={frequency} would open and close many times a day. Use DAILY, WEEKLY, MONTHLY or YEARLY, and a start and an end for the time of day.");

    public static Error LongerThanItsPeriod(TimeSpan duration, TimeSpan period) => Error.Invalid(
        "recurrence.longer-than-period", "When.End", $"It lasts {Words.Of(duration)} and starts again after {Words.Of(period)}, so it would overlap itself. Make it shorter, or let it happen less often.");

    public static Error WindowEnded(string number) => new(ErrorKind.Conflict, "window.ended", $"{number} was ended, which is for good. Define another window.");

    public static Error LiftedByOthers(string number, Actor declarer) =>
        new(ErrorKind.Forbidden, "freeze.not-yours", $"{number} was declared by {declarer.Name}: only they or a deployment manager may lift it.") { WhoCould = $"{declarer.Name} or a deployment manager" };
}
