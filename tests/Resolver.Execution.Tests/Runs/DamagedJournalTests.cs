using Resolver.Execution.Outcomes;
using Resolver.Execution.Recovery;
using Xunit;

namespace Resolver.Execution.Tests.Runs;

/// <summary>A journal that says something else than was written: nothing is done on its word.</summary>
public sealed class DamagedJournalTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    [Theory]
    [InlineData("alpha.py", "alphb.py")] // another file
    [InlineData("\"order\":1", "\"order\":2")] // another step
    [InlineData("{\"event\":\"installed\"", "{\"event\":\"installing\"")] // another event
    [InlineData("\"sum\":\"", "\"sun\":\"")] // the checksum itself
    public async Task Undo_and_resume_stop_at_a_changed_line_and_name_it(string old, string changed)
    {
        var run = await RunAsync();
        var journal = Path.Combine(run, "journal.jsonl");
        var text = File.ReadAllText(journal);
        var at = text.LastIndexOf(old, StringComparison.Ordinal);
        File.WriteAllText(journal, text[..at] + changed + text[(at + old.Length)..]);

        await AssertStopsAsync(run);
    }

    [Fact]
    public async Task Undo_and_resume_stop_where_a_line_is_missing()
    {
        var run = await RunAsync();
        var journal = Path.Combine(run, "journal.jsonl");
        var lines = File.ReadAllLines(journal);
        File.WriteAllText(journal, string.Concat(lines.Where((_, index) => index != 3).Select(line => line + "\n")));

        await AssertStopsAsync(run);
    }

    [Fact]
    public async Task A_journal_without_checksums_of_an_earlier_version_is_read()
    {
        var run = await RunAsync();
        var journal = Path.Combine(run, "journal.jsonl");
        File.WriteAllText(
            journal,
            System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(journal), ",\"sum\":\"[0-9a-f]+\"", "")
        );

        Assert.IsType<UndoOutcome.Undone>(await RunUndo.RunAsync(run, null, null, CancellationToken.None));
        Assert.Empty(pip.Contents());
    }

    private async Task<string> RunAsync()
    {
        var plan = new ToyPlan().Install(pip.Archive("a.whl", "put alpha 1.0 a"), "alpha", "1.0").Plan();
        return Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor().RunAsync(plan)).RunFolder;
    }

    private async Task AssertStopsAsync(string run)
    {
        var before = pip.Contents();

        var problem = await Assert.ThrowsAsync<FormatException>(() =>
            RunUndo.RunAsync(run, null, null, CancellationToken.None)
        );
        var refused = Assert.IsType<ExecutionOutcome.Refused>(await pip.Executor().ResumeAsync(run));

        Assert.Matches("journal.jsonl: line [0-9]+ is corrupt", problem.Message);
        Assert.Equal(FailureCodes.JournalDamaged, refused.Code);
        Assert.Equal(before, pip.Contents());
    }
}
