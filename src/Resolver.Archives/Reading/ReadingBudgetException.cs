namespace Resolver.Archives.Reading;

/// <summary>Reading a file costs more than it may (<see cref="ReadingBudget"/>); what is not known by then stays
/// unknown.</summary>
internal sealed class ReadingBudgetException()
    : Exception("reading it without running it takes more steps than are allowed for one file");
