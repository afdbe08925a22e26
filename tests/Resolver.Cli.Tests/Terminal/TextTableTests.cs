using CsCheck;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Terminal;

/// <summary>Tables on terminals of any width.</summary>
public sealed class TextTableTests
{
    [Theory]
    [InlineData(null)]
    [InlineData(29)]
    public void Columns_are_aligned_where_they_fit(int? width) =>
        Assert.Equal(
            """
            phase  p50 ms  per second
            scan     1.25         800
            order                   7

            """,
            Phases().Text(Paint.None, width)
        );

    [Fact]
    public void Where_they_do_not_fit_each_row_is_a_paragraph_with_titles() =>
        Assert.Equal(
            """
            scan
              p50 ms 1.25
              per second 800
            order
              per second 7

            """,
            Phases().Text(Paint.None, 24)
        );

    [Fact]
    public void A_value_wider_than_its_column_moves_only_its_own_row() =>
        Assert.Equal(
            """
            a    1     x
            key  long value  y

            """,
            Long().Text(Paint.None, null)
        );

    [Fact]
    public void No_line_of_a_paragraph_is_wider_than_the_terminal_unless_one_value_is()
    {
        var words = Gen.String[Gen.Char['a', 'z'], 1, 12];
        Gen.Select(words.Array[4].Array[1, 5], Gen.Int[24, 60])
            .Sample(
                (rows, width) =>
                {
                    var table = new TextTable(["one", "two", "three", "four"], keys: 1);
                    foreach (var row in rows)
                        table.Add([.. row.Select(each => new TextTableCell(each))]);

                    var text = table.Text(Paint.None, width);

                    Assert.All(text.Split('\n'), line => Assert.True(line.Length <= width, text));
                    Assert.All(
                        rows.SelectMany(row => row),
                        each => Assert.Contains(each, text, StringComparison.Ordinal)
                    );
                }
            );
    }

    private static TextTable Phases()
    {
        var table = new TextTable(["phase", "p50 ms", "per second", "baseline"], keys: 1)
        {
            RightAligned = new HashSet<int> { 1, 2 },
        };
        table.Add(new("scan"), new("1.25"), new("800"), new(""));
        table.Add(new("order"), new(""), new("7"), new(""));
        return table;
    }

    private static TextTable Long()
    {
        var table = new TextTable([], keys: 1) { Widest = 4 };
        table.Add(new("a"), new("1"), new("x"));
        table.Add(new("key"), new("long value"), new("y"));
        return table;
    }
}
