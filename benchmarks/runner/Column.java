/** A figure of a scenario's table, computed from a measurement and that of the floor in the same round, if there is one. */
record Column(String title, boolean spread, Value value) {

    interface Value {
        double of(Row row, Row floor);
    }

    static Column of(String title, String field, double factor) {
        return new Column(title, false, (row, _) -> row.number(field) * factor);
    }

    static Column spread(String title, String field, double factor) {
        return new Column(title, true, (row, _) -> row.number(field) * factor);
    }

    /** How many times the floor's, in the same round. */
    static Column timesFloor(String field) {
        return new Column("× floor", true, (row, floor) -> floor == null ? Double.NaN : row.number(field) / floor.number(field));
    }
}
